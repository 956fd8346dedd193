import type { ModelInfo } from '@sluice/provider-kit';
import { declareAccount } from './__fixtures__/declare-account.js';
import { ANYBODY, keyFor, setUp } from './__fixtures__/routing-world.js';

describe('ModelRouter', () => {
  describe('listModels', () => {
    it('lists aliases, declared ids and the vendors’ own, sorted, each once', () => {
      const { list } = setUp({
        accounts: [
          declareAccount('a', { models: ['m2', 'gpt-*'] }),
          declareAccount('b', { models: ['m2'] }),
          declareAccount('c'),
        ],
        aliases: [{ alias: 'fast', targets: ['m2'] }],
        lists: { c: ['m1', 'm2'] },
      });

      expect(list()).toEqual(['fast', 'm1', 'm2']);
    });

    it('lists a vendor’s models as far as the account’s globs go', () => {
      const { list } = setUp({
        accounts: [declareAccount('a', { models: ['gpt-*'], excludeModels: ['*-audio'] })],
        lists: { a: ['gpt-4o', 'gpt-4o-audio', 'whisper'] },
      });

      expect(list()).toEqual(['gpt-4o']);
    });

    it('lists prefixed models with and without the prefix', () => {
      const { list } = setUp({ accounts: [declareAccount('a', { prefix: 'team', models: ['m1'] })] });

      expect(list()).toEqual(['m1', 'team/m1']);
    });

    it('leaves out what does not resolve', () => {
      const { list } = setUp({
        accounts: [
          declareAccount('off', { enabled: false, models: ['m1'] }),
          declareAccount('on', { models: ['m2', 'm3'], excludeModels: ['m3'] }),
        ],
        aliases: [{ alias: 'dead', targets: ['off/m1'] }],
      });

      expect(list()).toEqual(['m2']);
    });

    it('shows a key what it may use', () => {
      const { list } = setUp({ accounts: [declareAccount('a', { models: ['gpt-4o', 'claude-opus-4'] })] });

      expect(list(keyFor('gpt-*'))).toEqual(['gpt-4o']);
      expect(list()).toEqual(['claude-opus-4', 'gpt-4o']);
    });

    it('says who owns a model and what its vendor says of it', () => {
      const { router, snapshot, catalog } = setUp({
        accounts: [declareAccount('a', { models: ['m1', 'm2'] }, { provider: 'acme' })],
        aliases: [{ alias: 'fast', targets: ['m1'] }],
      });
      const info: ModelInfo = { id: 'm1', displayName: 'Model One', createdAt: 1_700_000_000.5 };
      catalog.learn('a', [info, { id: 'm2', createdAt: -1 }]);

      const described = { displayName: 'Model One', ownedBy: 'acme', createdAt: 1_700_000_000 };
      expect(router.listModels(snapshot, ANYBODY)).toEqual([
        { id: 'fast', ...described },
        { id: 'm1', ...described },
        { id: 'm2', displayName: undefined, ownedBy: 'acme', createdAt: undefined },
      ]);
    });

    it('follows the vendors’ lists', () => {
      const { list, catalog } = setUp({ accounts: [declareAccount('a')], lists: { a: ['m1'] } });
      expect(list()).toEqual(['m1']);

      catalog.learn('a', [{ id: 'm2' }]);

      expect(list()).toEqual(['m2']);
    });
  });
});
