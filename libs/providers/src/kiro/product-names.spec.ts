import { kiroModelId } from './model-id.js';
import { withProductNames } from './product-names.js';

const ids = (listed: readonly string[], suffix?: string): readonly string[] =>
  withProductNames(
    listed.map((id) => ({ id })),
    suffix,
  ).map(({ id }) => id);

/** The table of the product's documentation. */
const DOCUMENTED = [
  'claude-sonnet-4-5-20250929',
  'claude-sonnet-4-5-20250929-thinking',
  'claude-sonnet-4-5-20250929-agentic',
  'claude-opus-4-5-20251101',
  'claude-opus-4-5-20251101-thinking',
  'claude-opus-4-5-20251101-agentic',
  'claude-opus-4-6',
  'claude-opus-4-6-thinking',
  'claude-opus-4-6-agentic',
  'claude-opus-4-6-1m',
  'claude-opus-4-6-1m-thinking',
  'claude-opus-4-6-1m-agentic',
  'claude-haiku-4-5-20251001',
  'claude-haiku-4-5-20251001-thinking',
  'claude-haiku-4-5-20251001-agentic',
];
const LIVE = ['auto', 'claude-sonnet-4.5', 'claude-opus-4.5', 'claude-opus-4.6', 'claude-haiku-4.5'];

describe('withProductNames', () => {
  it('adds the documented names to what the plan has', () => {
    expect(ids(LIVE)).toEqual([...LIVE, ...DOCUMENTED]);
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
});
