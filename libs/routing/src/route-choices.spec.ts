import type { AccountDeclaration, ModelAlias, RoutingSettings } from '@sluice/config';
import { DEFAULT_ROUTING } from '@sluice/config';
import { declareAccount } from './__fixtures__/declare-account.js';
import { declareSnapshot } from './__fixtures__/declare-snapshot.js';
import { ANYBODY, refusal, setUp } from './__fixtures__/routing-world.js';
import { MemoryModelCatalog } from './model-catalog.js';
import { MAX_OWNER_VIEWS, ModelRouter } from './model-router.js';

const ALICE = { ...ANYBODY, id: 'key:alice', name: 'alice' };
const BOB = { ...ANYBODY, id: 'key:bob', name: 'bob' };

const OPENAI = declareAccount('a', { models: ['m1'] }, { provider: 'openai' });
const ACME = declareAccount('b', { models: ['m1', 'm2'] });

/** A route under these settings. */
function routeUnder(settings: Partial<RoutingSettings>, alias: Partial<ModelAlias> & { targets: readonly string[] }) {
  const base = declareSnapshot([OPENAI, ACME], [{ alias: 'name', ...alias }]);
  const snapshot = { ...base, settings: { ...base.settings, routing: { ...DEFAULT_ROUTING, ...settings } } };
  return new ModelRouter(new MemoryModelCatalog()).resolve('name', snapshot, ANYBODY);
}

describe('ModelRouter', () => {
  describe('the strategy of a target', () => {
    const settings = { strategy: 'fill-first', providers: { acme: 'balanced' } } as const;

    it.each([
      ['everybody’s where several providers serve it', 'm1', undefined, 'fill-first'],
      ['the provider’s where only one does', 'm2', undefined, 'balanced'],
      ['the alias’s where it has one', 'm2', 'priority' as const, 'priority'],
    ])('is %s', (_what, target, strategy, expected) => {
      expect(routeUnder(settings, { targets: [target], strategy }).targets[0]?.strategy).toBe(expected);
    });
  });

  describe('session affinity', () => {
    it.each([
      [false, undefined, undefined],
      [true, undefined, 7],
      [false, true, 7],
      [true, false, undefined],
    ])('is said by everybody (%s) unless the alias does (%s): %s', (sessionAffinity, own, expected) => {
      const route = routeUnder({ sessionAffinity, sessionTtlMs: 7 }, { targets: ['m1'], sessionAffinity: own });

      expect(route.sessionTtlMs).toBe(expected);
    });
  });

  describe('weighted targets', () => {
    it('split the requests, across vendors', () => {
      const { split, targets } = routeUnder({}, { targets: ['openai/m1', 'acme/m2'], weights: [3, 1] });

      const firsts = Array.from({ length: 400 }, () => split?.next()[0]?.candidates[0]?.declaration.account.id);

      expect(targets).toHaveLength(2);
      expect(firsts.filter((id) => id === 'a').length).toBeGreaterThanOrEqual(292);
      expect(firsts.filter((id) => id === 'b').length).toBeGreaterThanOrEqual(92);
    });

    it('leave the share of one that nobody serves to the others', () => {
      const { split, targets } = routeUnder({}, { targets: ['nothing/m9', 'm1', 'm2'], weights: [98, 1, 1] });

      const firsts = Array.from({ length: 100 }, () => split?.next()[0]);

      expect(targets).toHaveLength(2);
      expect(firsts.filter((target) => target === targets[1]).length).toBeGreaterThanOrEqual(48);
    });

    it('are not split where there is nothing between which to choose', () => {
      expect(routeUnder({}, { targets: ['m1'], weights: [1] }).split).toBeUndefined();
      expect(routeUnder({}, { targets: ['m1', 'm2'] }).split).toBeUndefined();
    });
  });

  describe('accounts that somebody owns', () => {
    const accounts: readonly AccountDeclaration[] = [
      declareAccount('shared', { models: ['m1'] }),
      declareAccount('alices', { owner: 'key:alice', models: ['m1', 'private'] }),
      declareAccount('bobs', { owner: 'key:bob', models: ['m1'] }),
    ];

    it('serve their owner beside the shared ones, and nobody else', () => {
      const { route } = setUp({ accounts });

      expect(route('m1', ALICE)).toEqual(['shared:m1 alices:m1']);
      expect(route('m1', BOB)).toEqual(['shared:m1 bobs:m1']);
      expect(route('m1')).toEqual(['shared:m1']);
    });

    it.each(['private', 'alices/m1', 'alices/private'])('do not serve %s to anybody else', (name) => {
      const { route } = setUp({ accounts });

      expect(route(name, ALICE)).toEqual([`alices:${name.replace('alices/', '')}`]);
      expect(refusal(() => route(name, BOB)).kind).toBe('model_not_found');
    });

    it('are listed for their owner only, also among near names', () => {
      const { list, route } = setUp({ accounts });

      expect(list(ALICE)).toEqual(['m1', 'private']);
      expect(list(BOB)).toEqual(['m1']);
      expect(refusal(() => route('privat', BOB)).message).not.toContain('private');
    });

    it('name their owner, with the order of providers that the key declares', () => {
      const { router, snapshot } = setUp({ accounts });
      const declared = {
        ...snapshot,
        apiKeys: [{ name: 'alice', key: 'k', models: undefined, scopes: [], providerOrder: ['acme'] }],
      };

      expect(router.resolve('m1', declared, ALICE).owner).toEqual({ id: 'key:alice', providerOrder: ['acme'] });
      expect(router.resolve('m1', declared, BOB).owner).toEqual({ id: 'key:bob', providerOrder: [] });
      expect(router.resolve('m1', declared, ANYBODY).owner).toBeUndefined();
    });

    it('are looked up once for each of a bounded number of owners', () => {
      const many = Array.from({ length: MAX_OWNER_VIEWS + 1 }, (_, at) =>
        declareAccount(`a${at}`, { owner: `key:${at}`, models: ['m1'] }),
      );
      const { router, snapshot } = setUp({ accounts: many });
      const resolve = (at: number) => router.resolve('m1', snapshot, { ...ANYBODY, id: `key:${at}` });
      const first = resolve(0);
      expect(resolve(0)).toBe(first);

      for (let at = 1; at <= MAX_OWNER_VIEWS; at += 1) resolve(at);

      expect(resolve(0)).not.toBe(first);
      expect(resolve(MAX_OWNER_VIEWS)).toBe(resolve(MAX_OWNER_VIEWS));
    });
  });
});
