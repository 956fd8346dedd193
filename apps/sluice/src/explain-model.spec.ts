import type { AccountStanding, ExplainedAccount, Explanation } from '@sluice/routing';
import { fakeWorkplace, recordingTerminal } from './__fixtures__/workplace.js';
import { explainModel } from './explain-model.js';

const UNTIL_MS = Date.UTC(2026, 0, 1);

const PLAIN = { priority: 0, weight: 1, condition: { inFlight: 0 } } as const;
const served = (accounts: readonly ExplainedAccount[]): Explanation => ({
  targets: [
    { position: 0, strategy: 'round-robin' },
    { position: 1, strategy: 'balanced' },
  ],
  isSplit: false,
  accounts,
});

describe('explainModel', () => {
  const explain = async (
    explanation: Explanation,
    { key, configFile = 'sluice.yaml' }: { key?: string; configFile?: string | null } = {},
  ) => {
    const terminal = recordingTerminal();
    const place = fakeWorkplace({}, { explanation, configFile: configFile ?? undefined });
    const code = await explainModel({ model: 'fast', isOffline: true, key }, place, terminal);
    return { code, ...terminal };
  };

  it('lists who is asked, in order, and then everybody else', async () => {
    const { code, printed } = await explain(
      served([
        {
          ...PLAIN,
          accountId: 'a',
          provider: 'acme',
          owner: 'caller',
          target: { position: 0, model: 'm-1' },
          standing: { type: 'usable' },
        },
        {
          ...PLAIN,
          accountId: 'bcd',
          provider: 'acme',
          target: { position: 1, model: 'm-2' },
          standing: { type: 'low', untilMs: UNTIL_MS },
        },
        { ...PLAIN, accountId: 'c', provider: 'plain', standing: { type: 'model-excluded', glob: 'fa*' } },
      ]),
    );

    expect(code).toBe(0);
    expect(printed).toEqual([
      'fast is served by:',
      "  1.  a    acme  m-1  usable, the key's own",
      '  2.  bcd  acme  m-2  little is left until 2026-01-01T00:00:00.000Z',
      'Chosen by: 2 targets, in order; among the accounts of each: round-robin, then balanced.',
      'Not asked:',
      '  -  c  plain  excludeModels: fa*',
      'What cools down in a running gateway is not known here.',
    ]);
  });

  it.each<[AccountStanding, RegExp]>([
    [
      { type: 'soft', untilMs: UNTIL_MS, kind: 'upstream_error', message: 'It failed.' },
      /after the others until 2026.*It failed/,
    ],
    [
      { type: 'cooling', untilMs: UNTIL_MS, kind: 'upstream_error', message: 'It failed.' },
      /cools down until 2026.*It failed/,
    ],
    [{ type: 'busy', inFlight: 2, maxConcurrency: 2 }, /busy: 2 of 2/],
    [{ type: 'open-circuit', vendor: 'api.acme.example', untilMs: UNTIL_MS }, /api\.acme\.example is left alone/],
    [{ type: 'retry-budget', vendor: 'api.acme.example' }, /must not be repeated/],
    [{ type: 'excluded' }, /tried already/],
    [{ type: 'foreign' }, /another key's/],
    [{ type: 'format' }, /cannot be brought/],
    [{ type: 'disabled' }, /disabled/],
    [{ type: 'not-a-target', model: 'm-1' }, /serves m-1, but the name does not lead to it/],
    [{ type: 'perhaps-served', model: 'm-1' }, /may serve m-1, but the name does not lead to it/],
    [{ type: 'model-not-served' }, /does not serve it/],
  ])('words %j', async (standing, line) => {
    const { printed } = await explain(served([{ ...PLAIN, accountId: 'a', provider: 'acme', standing }]));

    expect(printed).toEqual(expect.arrayContaining([expect.stringMatching(line)]));
  });

  it('ends with 2 and the reason when the name leads nowhere', async () => {
    const { code, printed } = await explain({
      ...served([]),
      refusal: { kind: 'model_not_found', message: 'No account serves it.' },
    });

    expect(code).toBe(2);
    expect(printed[0]).toBe('fast leads nowhere: model_not_found. No account serves it.');
  });

  it('says what to do when there is no configuration', async () => {
    const { printed, warned } = await explain(served([]), { configFile: null });

    expect(printed).not.toContain('What cools down in a running gateway is not known here.');
    expect(warned).toEqual([expect.stringMatching(/^There is no configuration here: .* --url http/)]);
  });

  it.each([
    [[{ position: 0, strategy: 'priority' }], false, 'Chosen by: priority.'],
    [
      [
        { position: 0, strategy: 'round-robin' },
        { position: 1, strategy: 'round-robin' },
      ],
      true,
      'Chosen by: 2 targets, divided by weight; among the accounts of each: round-robin.',
    ],
  ] as const)('says how one is picked from %j, split: %s', async (targets, isSplit, line) => {
    const { printed } = await explain({ ...served([]), targets, isSplit });

    expect(printed).toContain(line);
  });

  it('ends with 2 for a key that is not declared', async () => {
    const { code, warned } = await explain(served([]), { key: 'lokal' });

    expect(code).toBe(2);
    expect(warned).toEqual(['--key: there is no client key of this name. Names: local.']);
  });
});
