import { declareAccount } from './__fixtures__/declare-account.js';
import { ANYBODY, keyFor, refusal, setUp, type World } from './__fixtures__/routing-world.js';
import { MAX_MODEL_NAME_LENGTH, MAX_REMEMBERED_ROUTES } from './route-table.js';

describe('ModelRouter', () => {
  describe('resolve', () => {
    it('gives a plain name to every account that serves it, in the order of declaration', () => {
      const { route } = setUp({
        accounts: [
          declareAccount('by-glob', { models: ['gpt-*'] }),
          declareAccount('other', { models: ['claude-*'] }),
          declareAccount('by-name', { models: ['gpt-4o'] }),
          declareAccount('by-list'),
        ],
        lists: { 'by-list': ['gpt-4o'] },
      });

      expect(route('gpt-4o')).toEqual(['by-glob:gpt-4o by-name:gpt-4o by-list:gpt-4o']);
    });

    it('keeps the name that the client sent', () => {
      const { router, snapshot } = setUp({ accounts: [declareAccount('a')] });

      expect(router.resolve('a/m1', snapshot, ANYBODY).requestedModel).toBe('a/m1');
    });

    it('looks a name up once', () => {
      const { router, snapshot } = setUp({ accounts: [declareAccount('a')] });

      expect(router.resolve('m1', snapshot, ANYBODY)).toBe(router.resolve('m1', snapshot, ANYBODY));
    });

    it('remembers a bounded number of names', () => {
      const { router, snapshot } = setUp({ accounts: [declareAccount('a')] });
      const first = router.resolve('m', snapshot, ANYBODY);
      for (let at = 1; at < MAX_REMEMBERED_ROUTES; at += 1) router.resolve(`m${at}`, snapshot, ANYBODY);
      expect(router.resolve('m', snapshot, ANYBODY)).toBe(first);

      router.resolve('one more', snapshot, ANYBODY);

      expect(router.resolve('m', snapshot, ANYBODY)).not.toBe(first);
    });

    it('never uses a disabled account', () => {
      const accounts = [declareAccount('off', { enabled: false, models: ['m1'] })];

      expect(refusal(() => setUp({ accounts }).route('m1')).kind).toBe('model_not_found');
    });

    describe('an alias', () => {
      it('gives one target per entry, in order', () => {
        const { route } = setUp({
          accounts: [declareAccount('main', { models: ['big'] }), declareAccount('spare', { models: ['small'] })],
          aliases: [{ alias: 'fast', targets: ['spare/small', 'big'] }],
        });

        expect(route('fast')).toEqual(['spare:small', 'main:big']);
      });

      it('wins over a model of the same name, and may lead to it', () => {
        const { route } = setUp({
          accounts: [declareAccount('main', { models: ['m1', 'm2'] })],
          aliases: [{ alias: 'm1', targets: ['m2', 'm1'] }],
        });

        expect(route('m1')).toEqual(['main:m2', 'main:m1']);
      });

      it('never leads to another alias', () => {
        const { route } = setUp({
          accounts: [declareAccount('main', { models: ['m1'] })],
          aliases: [
            { alias: 'one', targets: ['two', 'm1'] },
            { alias: 'two', targets: ['one', 'm1'] },
          ],
        });

        expect(route('one')).toEqual(['main:m1']);
      });

      it('skips targets that nobody serves now', () => {
        const { route } = setUp({
          accounts: [declareAccount('main', { enabled: false }), declareAccount('spare')],
          aliases: [{ alias: 'fast', targets: ['main/m1', 'spare/m2'] }],
        });

        expect(route('fast')).toEqual(['spare:m2']);
      });

      it('says that no target is left', () => {
        const { route } = setUp({
          accounts: [declareAccount('main', { enabled: false })],
          aliases: [{ alias: 'fast', targets: ['main/m1'] }],
        });

        expect(refusal(() => route('fast'))).toMatchObject({ kind: 'no_account_available' });
      });

      it('counts as first declared', () => {
        const { route } = setUp({
          accounts: [declareAccount('main', { models: ['m1', 'm2'] })],
          aliases: [
            { alias: 'fast', targets: ['m1'] },
            { alias: 'fast', targets: ['m2'] },
          ],
        });

        expect(route('fast')).toEqual(['main:m1']);
      });
    });

    describe('a name with something in front', () => {
      const accounts = [
        declareAccount('one', { prefix: 'team', priority: 1 }, { provider: 'acme' }),
        declareAccount('two', { prefix: 'team' }, { provider: 'acme' }),
        declareAccount('three', {}, { provider: 'other' }),
      ];

      it.each([
        ['an account id', 'two/m1', 'two:m1'],
        ['a prefix', 'team/m1', 'one:m1 two:m1'],
        ['a provider id', 'acme/m1', 'one:m1 two:m1'],
        ['an account id, with a slash in the rest', 'two/vendor/m1', 'two:vendor/m1'],
      ])('goes to the accounts with %s', (_what, name, expected) => {
        expect(setUp({ accounts }).route(name)).toEqual([expected]);
      });

      it('prefers the account id to a prefix, and a prefix to a provider id', () => {
        const { route } = setUp({
          accounts: [
            declareAccount('x', {}, { provider: 'p' }),
            declareAccount('y', { prefix: 'x' }, { provider: 'p' }),
            declareAccount('z', { prefix: 'p' }, { provider: 'x' }),
          ],
        });

        expect(route('x/m1')).toEqual(['x:m1']);
        expect(route('p/m1')).toEqual(['z:m1']);
      });

      it('reads on when the account of that id does not serve the model', () => {
        const { route } = setUp({
          accounts: [declareAccount('x', { models: ['m2'] }), declareAccount('y', { prefix: 'x', models: ['m1'] })],
        });

        expect(route('x/m1')).toEqual(['y:m1']);
      });

      it('is a vendor’s own id where an account lists it so', () => {
        const { route } = setUp({
          accounts: [declareAccount('anthropic'), declareAccount('broker', { models: ['anthropic/m1'] })],
        });

        expect(route('anthropic/m1')).toEqual(['broker:anthropic/m1']);
        expect(route('anthropic/m2')).toEqual(['anthropic:m2']);
      });

      it.each([
        ['a glob', { models: ['anthropic/*'] }, {}],
        ['the vendor’s list', {}, { broker: ['anthropic/m1'] }],
      ])('wins over %s', (_what, overrides, lists) => {
        const accounts = [declareAccount('broker', overrides), declareAccount('anthropic')];

        expect(setUp({ accounts, lists }).route('anthropic/m1')).toEqual(['anthropic:m1']);
      });

      it.each([
        ['an account id', declareAccount('anthropic', { models: ['m2'] })],
        ['a provider id', declareAccount('main', { models: ['m2'] }, { provider: 'anthropic' })],
      ])('is somebody’s own id again where nothing in front serves it: %s', (_what, account) => {
        const { route } = setUp({
          accounts: [account, declareAccount('broker')],
          lists: { broker: ['anthropic/m1'] },
        });

        expect(route('anthropic/m1')).toEqual(['broker:anthropic/m1']);
      });

      it('is not tried on an account with an unknown list when it was meant for another account', () => {
        const { route } = setUp({
          accounts: [declareAccount('main', { enabled: false, prefix: 'team' }), declareAccount('any')],
        });

        expect(refusal(() => route('main/m1')).kind).toBe('model_not_found');
        expect(refusal(() => route('team/m1')).kind).toBe('model_not_found');
        expect(route('vendor/m1')).toEqual(['any:vendor/m1']);
      });

      it.each(['/m1', 'main/'])('needs both sides of the slash: %s', (name) => {
        expect(setUp({ accounts: [declareAccount('main')] }).route(name)).toEqual([`main:${name}`]);
      });
    });

    describe('an account without a list of models', () => {
      it('takes what its vendor lists', () => {
        const { route } = setUp({ accounts: [declareAccount('a')], lists: { a: ['m1'] } });

        expect(route('m1')).toEqual(['a:m1']);
        expect(refusal(() => route('m2')).kind).toBe('model_not_found');
        expect(refusal(() => route('a/m2')).kind).toBe('model_not_found');
      });

      it('takes any name while its vendor’s list is not known', () => {
        expect(setUp({ accounts: [declareAccount('a')] }).route('m1')).toEqual(['a:m1']);
      });

      it.each([
        ['listed by another vendor', declareAccount('b'), { b: ['m1'] }],
        ['declared by name', declareAccount('b', { models: ['m1'] }), {}],
        ['declared by a glob', declareAccount('b', { models: ['m*'] }), {}],
      ])('does not guess where the name is %s', (_what, known, lists) => {
        expect(setUp({ accounts: [declareAccount('a'), known], lists }).route('m1')).toEqual(['b:m1']);
      });

      it('is asked for more when its vendor’s list becomes known', () => {
        const { route, catalog } = setUp({ accounts: [declareAccount('a'), declareAccount('b')] });
        expect(route('m1')).toEqual(['a:m1 b:m1']);

        catalog.learn('b', [{ id: 'm1' }]);

        expect(route('m1')).toEqual(['b:m1']);
      });
    });

    describe('an exclusion', () => {
      it.each([
        ['a name in the list', { models: ['m1', 'm2'], excludeModels: ['m1'] }, 'm1'],
        ['a glob', { models: ['m*'], excludeModels: ['m1'] }, 'm1'],
        ['every model', { excludeModels: ['m?'] }, 'm1'],
        ['the vendor’s id behind a prefix', { prefix: 'team', excludeModels: ['m1'] }, 'team/m1'],
        ['the client’s spelling', { prefix: 'team', excludeModels: ['team/*'] }, 'team/m1'],
      ])('wins over %s', (_what, overrides, name) => {
        const { route } = setUp({ accounts: [declareAccount('a', overrides)] });

        expect(refusal(() => route(name)).kind).toBe('model_not_found');
      });

      it.each([[['m1']], [['fast']]])('holds for an alias, by either name: %j', (excludeModels) => {
        const { route } = setUp({
          accounts: [declareAccount('a', { excludeModels }), declareAccount('b')],
          aliases: [{ alias: 'fast', targets: ['m1'] }],
        });

        expect(route('fast')).toEqual(['b:m1']);
      });
    });

    describe('an unknown name', () => {
      const accounts = [declareAccount('a', { models: ['gpt-4o', 'gpt-5', 'claude-opus-4'] })];

      it('is answered with near names', () => {
        const error = refusal(() => setUp({ accounts }).route('gpt-4'));

        expect(error).toMatchObject({ kind: 'model_not_found', param: 'model', status: 404 });
        expect(error.message).toBe('No account serves the model "gpt-4". Near names: gpt-4o, gpt-5.');
      });

      it('names only what the key may see', () => {
        const error = refusal(() => setUp({ accounts }).route('gpt-4', keyFor('gpt-4*')));

        expect(error.message).toContain('Near names: gpt-4o.');
      });

      it('is answered with where to look when nothing is near', () => {
        expect(refusal(() => setUp({ accounts }).route('llama')).message).toContain('GET /v1/models');
      });

      it.each([
        ['empty', ''],
        ['too long', 'x'.repeat(MAX_MODEL_NAME_LENGTH + 1)],
      ])('is nobody’s when it is %s', (_what, name) => {
        const error = refusal(() => setUp({ accounts: [declareAccount('any')] }).route(name));

        expect(error.kind).toBe('model_not_found');
        expect(error.message.length).toBeLessThan(MAX_MODEL_NAME_LENGTH + 200);
      });
    });

    describe('a limited key', () => {
      const world: World = {
        accounts: [declareAccount('a', { models: ['gpt-4o', 'claude-opus-4'] })],
        aliases: [{ alias: 'fast', targets: ['gpt-4o'] }],
      };

      it('gets what its rule names', () => {
        expect(setUp(world).route('gpt-4o', keyFor('gpt-*'))).toEqual(['a:gpt-4o']);
        expect(setUp(world).route('fast', keyFor('fast'))).toEqual(['a:gpt-4o']);
      });

      it.each(['claude-opus-4', 'fast', 'a/gpt-4o', 'unknown'])('is told its rule for anything else: %s', (name) => {
        const error = refusal(() => setUp(world).route(name, keyFor('gpt-*', 'o?')));

        expect(error).toMatchObject({ kind: 'permission_denied', status: 403 });
        expect(error.message).toBe(`The key "ci" may not use the model "${name}": it may use gpt-*, o?.`);
      });

      it('may have no model at all', () => {
        expect(refusal(() => setUp(world).route('gpt-4o', keyFor())).message).toContain('it may use none');
      });

      it('does not spoil the answer for others', () => {
        const { route } = setUp(world);
        route('gpt-4o', keyFor('gpt-*'));

        expect(refusal(() => route('gpt-4o', keyFor('claude-*'))).kind).toBe('permission_denied');
      });
    });
  });
});
