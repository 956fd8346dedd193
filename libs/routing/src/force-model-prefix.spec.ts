import { AccountPool } from '@sluice/accounts';
import { DEFAULT_ROUTING } from '@sluice/config';
import { declareAccount } from './__fixtures__/declare-account.js';
import { ANYBODY, refusal, setUp, type World } from './__fixtures__/routing-world.js';
import { explainRoute } from './explain-route.js';

/** Names as they mean something where prefixes keep accounts apart. */
function isolating(world: World) {
  const { router, snapshot } = setUp(world);
  const routing = { ...DEFAULT_ROUTING, forceModelPrefix: true };
  const isolated = { ...snapshot, settings: { ...snapshot.settings, routing } };
  const route = (name: string): readonly string[] =>
    router
      .resolve(name, isolated, ANYBODY)
      .targets.map(({ candidates }) =>
        candidates.map(({ declaration, model }) => `${declaration.account.id}:${model}`).join(' '),
      );
  return { route, router, isolated, list: () => router.listModels(isolated, ANYBODY).map(({ id }) => id) };
}

describe('forceModelPrefix', () => {
  const accounts = [
    declareAccount('open', { models: ['m1', 'm2'] }),
    declareAccount('a', { models: ['m1', 'm3', 'x/m4'], prefix: 'team' }),
    declareAccount('b', { models: ['m1'], prefix: 'm1' }),
    declareAccount('wild', { prefix: 'other' }),
  ];

  it('keeps names without a prefix away from accounts with one', () => {
    expect(isolating({ accounts }).route('m2')).toEqual(['open:m2']);
  });

  it('lets a name reach the account whose prefix is the name itself', () => {
    expect(isolating({ accounts }).route('m1')).toEqual(['open:m1 b:m1']);
  });

  it.each([
    ['team/m1', 'a:m1'],
    ['team/x/m4', 'a:x/m4'],
    ['other/anything', 'wild:anything'],
    ['a/m3', 'a:m3'],
  ])('leads %s to the account that it names', (name, expected) => {
    expect(isolating({ accounts }).route(name)).toEqual([expected]);
  });

  it('leads a name with a provider’s id to its accounts without a prefix', () => {
    expect(isolating({ accounts }).route('acme/m1')).toEqual(['open:m1']);
  });

  it.each(['m3', 'x/m4', 'anything', 'acme/m3'])('knows no %s, which only accounts with a prefix serve', (name) => {
    expect(refusal(() => isolating({ accounts }).route(name)).kind).toBe('model_not_found');
  });

  it('leads an alias where its target leads, with or without a prefix', () => {
    const aliases = [{ alias: 'fast', targets: ['m1', 'team/m3'] }];

    expect(isolating({ accounts, aliases }).route('fast')).toEqual(['open:m1 b:m1', 'a:m3']);
  });

  it('lists only names that lead somewhere', () => {
    expect(isolating({ accounts }).list()).toEqual(['m1', 'm1/m1', 'm2', 'team/m1', 'team/m3', 'team/x/m4']);
  });

  it('is off unless it is asked for: a prefix then selects and does not keep apart', () => {
    expect(setUp({ accounts }).route('m3')).toEqual(['a:m3']);
  });

  it('is what explains that an account is not asked', () => {
    const { router, isolated } = isolating({ accounts });

    const told = explainRoute(router, new AccountPool(), {
      name: 'm3',
      snapshot: isolated,
      principal: ANYBODY,
      nowMs: 0,
    });

    expect(told.accounts.find(({ accountId }) => accountId === 'a')?.standing).toEqual({
      type: 'not-a-target',
      model: 'm3',
    });
  });
});
