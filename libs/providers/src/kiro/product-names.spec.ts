import { kiroModelId } from './model-id.js';
import { withProductNames } from './product-names.js';

const ids = (listed: readonly string[], suffix?: string): readonly string[] =>
  withProductNames(
    listed.map((id) => ({ id })),
    suffix,
  ).map(({ id }) => id);

/** The table of the product's documentation. */
const DOCUMENTED_NAMES = [
  ['claude-sonnet-4-5-20250929', 'Claude Sonnet 4.5'],
  ['claude-sonnet-4-5-20250929-thinking', 'Claude Sonnet 4.5 (Thinking)'],
  ['claude-sonnet-4-5-20250929-agentic', 'Claude Sonnet 4.5 (Agentic)'],
  ['claude-opus-4-5-20251101', 'Claude Opus 4.5'],
  ['claude-opus-4-5-20251101-thinking', 'Claude Opus 4.5 (Thinking)'],
  ['claude-opus-4-5-20251101-agentic', 'Claude Opus 4.5 (Agentic)'],
  ['claude-opus-4-6', 'Claude Opus 4.6'],
  ['claude-opus-4-6-thinking', 'Claude Opus 4.6 (Thinking)'],
  ['claude-opus-4-6-agentic', 'Claude Opus 4.6 (Agentic)'],
  ['claude-opus-4-6-1m', 'Claude Opus 4.6 (1M Context)'],
  ['claude-opus-4-6-1m-thinking', 'Claude Opus 4.6 (1M Context, Thinking)'],
  ['claude-opus-4-6-1m-agentic', 'Claude Opus 4.6 (1M, Agentic)'],
  ['claude-haiku-4-5-20251001', 'Claude Haiku 4.5'],
  ['claude-haiku-4-5-20251001-thinking', 'Claude Haiku 4.5 (Thinking)'],
  ['claude-haiku-4-5-20251001-agentic', 'Claude Haiku 4.5 (Agentic)'],
] as const;
const DOCUMENTED = DOCUMENTED_NAMES.map(([id]) => id);
const LIVE = ['auto', 'claude-sonnet-4.5', 'claude-opus-4.5', 'claude-opus-4.6', 'claude-haiku-4.5'];

describe('withProductNames', () => {
  it('adds the documented names to what the plan has', () => {
    expect(ids(LIVE)).toEqual([...LIVE, ...DOCUMENTED]);
  });

  it.each(DOCUMENTED_NAMES)('shows %s as %s', (id, displayName) => {
    const told = withProductNames(LIVE.map((live) => ({ id: live })));

    expect(told.find((model) => model.id === id)?.displayName).toBe(displayName);
  });

  it('adds none for a model that the plan has not', () => {
    expect(ids(['claude-haiku-4.5', 'deepseek-3.2'])).toEqual([
      'claude-haiku-4.5',
      'deepseek-3.2',
      ...DOCUMENTED.filter((id) => id.includes('haiku')),
    ]);
  });

  it.each([
    ['+deep', ['claude-haiku-4-5-20251001', 'claude-haiku-4-5-20251001+deep', 'claude-haiku-4-5-20251001-agentic']],
    ['', ['claude-haiku-4-5-20251001', 'claude-haiku-4-5-20251001-agentic']],
  ])('asks for thinking by the account’s own suffix %j', (suffix, expected) => {
    expect(ids(['claude-haiku-4.5'], suffix)).toEqual(['claude-haiku-4.5', ...expected]);
  });

  it('lists no name twice', () => {
    expect(ids(['claude-opus-4-6', 'claude-opus-4.6']).filter((id) => id === 'claude-opus-4-6')).toHaveLength(1);
  });

  it.each(LIVE.slice(1))('names %s in ways that all mean it', (live) => {
    const [, ...names] = ids([live]);

    expect(names.length).toBeGreaterThanOrEqual(3);
    expect(new Set(names.map((name) => kiroModelId(name)))).toEqual(new Set([kiroModelId(live)]));
  });

  it.each<[string, number, number, boolean]>([
    ['claude-opus-4-6', 200_000, 128_000, false],
    ['claude-opus-4-6-thinking', 200_000, 128_000, true],
    ['claude-opus-4-6-agentic', 200_000, 128_000, false],
    ['claude-opus-4-6-1m', 1_000_000, 128_000, false],
    ['claude-opus-4-6-1m-thinking', 1_000_000, 128_000, true],
    ['claude-haiku-4-5-20251001', 200_000, 64_000, false],
  ])('tells what %s takes, gives and does', (id, maxInputTokens, maxOutputTokens, thinks) => {
    const told = withProductNames([{ id: 'claude-opus-4.6' }, { id: 'claude-haiku-4.5' }]).find(
      (model) => model.id === id,
    );

    expect(told).toMatchObject({ maxInputTokens, maxOutputTokens, thinks });
  });

  it('believes the vendor more than the table', () => {
    const live = { id: 'claude-opus-4.6', maxInputTokens: 500_000, maxOutputTokens: 32_000 };
    const large = { id: 'claude-opus-4.6-1m', maxInputTokens: 900_000, maxOutputTokens: 1 };

    const told = withProductNames([live, large]).filter(({ id }) => /^claude-opus-4-6(?:-1m)?$/.test(id));

    expect(told).toMatchObject([
      { id: 'claude-opus-4-6', maxInputTokens: 500_000, maxOutputTokens: 32_000 },
      { id: 'claude-opus-4-6-1m', maxInputTokens: 1_000_000, maxOutputTokens: 32_000 },
    ]);
  });
});
