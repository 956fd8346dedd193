import fc from 'fast-check';
import type { AccountDeclaration, ModelAlias } from '@sluice/config';
import { GatewayError } from '@sluice/core';
import { declareAccount } from './__fixtures__/declare-account.js';
import { ANYBODY, setUp } from './__fixtures__/routing-world.js';

interface DrawnAccount {
  readonly id: string;
  /** What its vendor lists. */
  readonly list: readonly string[] | undefined;
  readonly declared: Partial<AccountDeclaration>;
}

const build = (accounts: readonly DrawnAccount[], aliases: readonly ModelAlias[]) =>
  setUp({
    accounts: accounts.map(({ id, declared }) => declareAccount(id, declared)),
    aliases,
    lists: Object.fromEntries(accounts.flatMap(({ id, list }) => (list === undefined ? [] : [[id, list]]))),
  });

describe('ModelRouter', () => {
  describe('laws', () => {
    const ID = fc.constantFrom('m1', 'm2', 'a/m1', 'x/m2', 'm');
    const PATTERN = fc.oneof(ID, fc.constantFrom('m*', '?1', 'a/*', '*'));
    const account: fc.Arbitrary<DrawnAccount> = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      list: fc.option(fc.array(ID, { maxLength: 3 }), { nil: undefined }),
      declared: fc.record({
        enabled: fc.boolean(),
        models: fc.option(fc.array(PATTERN, { maxLength: 3 }), { nil: undefined }),
        excludeModels: fc.array(PATTERN, { maxLength: 1 }),
        prefix: fc.option(fc.constantFrom('x', 'a', 'm1'), { nil: undefined }),
      }),
    });
    const world = fc.record({
      accounts: fc.uniqueArray(account, { selector: ({ id }) => id, maxLength: 3 }),
      aliases: fc.array(fc.record({ alias: fc.constantFrom('m1', 'fast'), targets: fc.array(ID, { maxLength: 2 }) })),
      rule: fc.option(fc.array(PATTERN, { maxLength: 2 }), { nil: undefined }),
    });

    it('every listed name resolves for its key, and the list is sorted and free of doubles', () => {
      fc.assert(
        fc.property(world, ({ accounts, aliases, rule }) => {
          const { list, route } = build(accounts, aliases);
          const principal = { ...ANYBODY, models: rule };

          const names = list(principal);

          names.forEach((name) => expect(route(name, principal)).not.toHaveLength(0));
          expect(names).toEqual([...new Set(names)].sort());
        }),
      );
    });

    it('where everything is declared by name or listed, an unlisted plain name does not resolve', () => {
      fc.assert(
        fc.property(world, fc.constantFrom('m1', 'm2', 'm', 'fast', 'nothing'), ({ accounts, aliases }, name) => {
          const closed = accounts.map((one) => ({
            ...one,
            list: one.list ?? [],
            declared: { ...one.declared, models: one.declared.models?.filter((pattern) => !/[*?]/.test(pattern)) },
          }));
          const { list, route } = build(closed, aliases);
          fc.pre(!list().includes(name));

          expect(() => route(name)).toThrow(GatewayError);
        }),
      );
    });

    it('nobody is asked who is switched off or excludes the model', () => {
      fc.assert(
        fc.property(world, ID, ({ accounts, aliases }, name) => {
          const { router, snapshot } = build(accounts, aliases);
          const candidates = (() => {
            try {
              return router.resolve(name, snapshot, ANYBODY).targets.flatMap((target) => target.candidates);
            } catch {
              return [];
            }
          })();

          candidates.forEach(({ declaration, model }) => {
            expect(declaration.enabled).toBe(true);
            expect(declaration.excludeModels).not.toContain(model);
            expect(declaration.excludeModels).not.toContain(name);
          });
        }),
      );
    });
  });
});
