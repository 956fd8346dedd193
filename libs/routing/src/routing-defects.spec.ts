import { declareAccount } from './__fixtures__/declare-account.js';
import { keyFor, refusal, setUp } from './__fixtures__/routing-world.js';

/** Defects of gateways before this one; each test would fail with the defect. */
describe('routing', () => {
  const accounts = [
    declareAccount('openai', { models: ['o1', 'o3', 'codex-mini', 'ft:gpt-4o:acme::x1'] }, { provider: 'openai' }),
    declareAccount('copilot', { models: ['gpt-4o', 'o1'], prefix: 'gh' }, { provider: 'copilot' }),
  ];

  it.each(['o1', 'o3', 'codex-mini', 'ft:gpt-4o:acme::x1'])('needs no rule about names to find %s', (name) => {
    const { route } = setUp({ accounts });

    expect(route(name)[0]).toContain(`openai:${name}`);
  });

  it('never turns an unknown name into a default model', () => {
    const { route } = setUp({ accounts });

    expect(refusal(() => route('o9')).kind).toBe('model_not_found');
  });

  it('asks the vendors of one model in the order of declaration, at every start', () => {
    const orders = Array.from({ length: 20 }, () => setUp({ accounts }).route('o1')[0]);

    expect(new Set(orders)).toEqual(new Set(['openai:o1 copilot:o1']));
  });

  it('keeps an account that is named to that account', () => {
    const { route } = setUp({ accounts });

    expect(route('gh/o1')).toEqual(['copilot:o1']);
    expect(refusal(() => route('gh/o3')).kind).toBe('model_not_found');
  });

  it.each(['gh/gpt-4o', 'copilot/gpt-4o'])('does not let a key past its rule by the spelling %s', (name) => {
    const { route } = setUp({ accounts });

    expect(refusal(() => route(name, keyFor('gpt-4o'))).kind).toBe('permission_denied');
  });

  it('leaves an excluded model out by each of its spellings, also as a fallback', () => {
    const guarded = [
      declareAccount('a', { excludeModels: ['secret*'], prefix: 'x' }),
      declareAccount('b', { models: ['m1'] }),
    ];
    const { route } = setUp({ accounts: guarded, aliases: [{ alias: 'fast', targets: ['m1', 'a/secret-1'] }] });

    expect(route('fast')).toEqual(['b:m1']);
    for (const name of ['secret-1', 'a/secret-1', 'x/secret-1']) {
      expect(refusal(() => route(name)).kind).toBe('model_not_found');
    }
  });
});
