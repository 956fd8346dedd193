import { CredentialRefresher, CredentialSource, MemoryCredentialStore } from '@sluice/accounts';
import { ANONYMOUS } from '@sluice/auth';
import type { AccountDeclaration } from '@sluice/config';
import { GatewayError } from '@sluice/core';
import { MODEL_LIST_RETRY_MS, ModelListing, ProviderRegistry, type ModelInfo } from '@sluice/provider-kit';
import { MemoryModelCatalog, ModelRouter, type Route } from '@sluice/routing';
import { FakeClock } from '@sluice/testing';
import { declareAccount, declareSnapshot } from './__fixtures__/declarations.js';
import { NotingLogger } from './__fixtures__/observers.js';
import { ScriptedProvider } from './__fixtures__/scripted-provider.js';
import { RouteResolver } from './route-resolver.js';

const GLOB = { models: ['gpt-*'] };

/** A resolver over a vendor whose list comes when the spec says so. */
function setUp() {
  const clock = new FakeClock();
  const catalog = new MemoryModelCatalog();
  const logger = new NotingLogger();
  const store = new MemoryCredentialStore();
  const asked: string[] = [];
  const pending: { answer(...models: string[]): void; fail(): void }[] = [];
  const vendor = Object.assign(new ScriptedProvider(), {
    listModels: ({ id }: { id: string }) =>
      new Promise<readonly ModelInfo[]>((resolve, reject) => {
        asked.push(id);
        pending.push({
          answer: (...models) => resolve(models.map((model) => ({ id: model }))),
          fail: () => reject(new GatewayError({ kind: 'upstream_unreachable', message: 'away' })),
        });
      }),
  });
  const resolver = new RouteResolver({
    router: new ModelRouter(catalog),
    catalog,
    listing: new ModelListing(clock),
    providers: new ProviderRegistry([vendor]),
    credentials: new CredentialSource(store, new CredentialRefresher(store, clock, logger), clock),
    clock,
    logger,
  });
  return { asked, catalog, clock, pending, resolver };
}

const names = (route: Route | Promise<Route>) =>
  route instanceof Promise ? 'a promise' : route.targets[0]?.candidates.map(({ model }) => model);
const snapshotOf = (accounts: readonly AccountDeclaration[], revision = 1) => declareSnapshot(accounts, {}, revision);
const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('RouteResolver', () => {
  describe('resolve', () => {
    it('answers a known name at once, while the lists are fetched in the background', async () => {
      const { asked, resolver } = setUp();

      const route = resolver.resolve('gpt-1', snapshotOf([declareAccount('a', GLOB)]), ANONYMOUS);
      await tick();

      expect(names(route)).toEqual(['gpt-1']);
      expect(asked).toEqual(['a']);
    });

    it('asks nobody whose models are all declared, and nobody who is switched off', async () => {
      const { asked, resolver } = setUp();
      const accounts = [declareAccount('a', { models: ['m'] }), declareAccount('b', { enabled: false })];

      await resolver.refresh(snapshotOf(accounts));

      expect(asked).toEqual([]);
    });

    it('waits once for the lists when nobody is known to serve the name', async () => {
      const { asked, pending, resolver } = setUp();
      const snapshot = snapshotOf([declareAccount('a', { models: ['gpt-*', 'o?'], prefix: 'acme' })]);

      const resolving = resolver.resolve('nobody', snapshot, ANONYMOUS);
      const isWaiting = resolving instanceof Promise;
      await tick();
      pending[0]?.answer('gpt-1');

      expect(isWaiting).toBe(true);
      await expect(resolving).rejects.toMatchObject({ kind: 'model_not_found' });
      expect(() => resolver.resolve('nobody', snapshot, ANONYMOUS)).toThrow('No account serves');
      expect(asked).toEqual(['a']);
    });

    it('waits for lists that somebody else has asked for already', async () => {
      const { pending, resolver } = setUp();
      const snapshot = snapshotOf([declareAccount('a', GLOB)]);
      void resolver.refresh(snapshot);
      await tick();

      const resolving = Promise.resolve(resolver.resolve('nobody', snapshot, ANONYMOUS)).catch(
        (error: unknown) => error,
      );
      pending[0]?.answer('gpt-1');

      expect(await resolving).toMatchObject({ kind: 'model_not_found' });
    });

    it('finds a name that the vendor has lately added', async () => {
      const { catalog, clock, pending, resolver } = setUp();
      const snapshot = snapshotOf([declareAccount('a')]);
      catalog.learn('a', [{ id: 'old' }]);
      void resolver.refresh(snapshot);
      await tick();
      pending[0]?.answer('old');
      await tick();
      clock.advance(60 * 60 * 1000);

      const resolving = resolver.resolve('new', snapshot, ANONYMOUS);
      await tick();
      pending[1]?.answer('old', 'new');

      expect(names(await resolving)).toEqual(['new']);
    });

    it('does not ask again before it is time', async () => {
      const { asked, clock, pending, resolver } = setUp();
      const snapshot = snapshotOf([declareAccount('a', GLOB)]);
      await Promise.all([resolver.refresh(snapshot), tick().then(() => pending[0]?.fail())]);

      clock.advance(MODEL_LIST_RETRY_MS - 1);
      resolver.resolve('gpt-1', snapshot, ANONYMOUS);
      await tick();
      const early = asked.length;
      clock.advance(1);
      resolver.resolve('gpt-1', snapshot, ANONYMOUS);
      await tick();

      expect([early, asked.length]).toEqual([1, 2]);
    });
  });

  describe('refresh', () => {
    it('survives vendors that are away and providers that nobody brought', async () => {
      const { pending, resolver } = setUp();
      const accounts = [declareAccount('a'), declareAccount('b', {}, { provider: 'gone' })];

      const refreshing = resolver.refresh(snapshotOf(accounts));
      await tick();
      pending[0]?.fail();

      await expect(refreshing).resolves.toBeUndefined();
    });

    it('keeps what it knows of an account that lists nothing', async () => {
      const { catalog, pending, resolver } = setUp();
      catalog.learn('a', [{ id: 'm' }]);

      const refreshing = resolver.refresh(snapshotOf([declareAccount('a')]));
      await tick();
      pending[0]?.answer();
      await refreshing;

      expect(catalog.modelsOf('a')).toEqual([{ id: 'm' }]);
    });
  });

  describe('with a new snapshot', () => {
    async function learnt() {
      const world = setUp();
      const refreshing = world.resolver.refresh(snapshotOf([declareAccount('a'), declareAccount('b')]));
      await tick();
      for (const list of world.pending.splice(0)) list.answer('old');
      await refreshing;
      return world;
    }

    it.each<[what: string, declaration: AccountDeclaration | undefined]>([
      ['is gone', undefined],
      ['has another key', declareAccount('b', { credential: { kind: 'api-key', secret: 'other' } })],
      ['has another address', declareAccount('b', {}, { settings: { baseUrl: 'http://127.0.0.1:1' } })],
      ['bills somebody else', declareAccount('b', {}, { headers: { 'openai-organization': 'o' } })],
    ])('forgets the models of an account that %s, and only those', async (_, declaration) => {
      const { catalog, resolver } = await learnt();
      const accounts = [declareAccount('a'), ...(declaration === undefined ? [] : [declaration])];

      void resolver.refresh(snapshotOf(accounts, 2));

      expect(catalog.modelsOf('a')).toEqual([{ id: 'old' }]);
      expect(catalog.modelsOf('b')).toBeUndefined();
    });

    it('does not believe a list that was asked of the account’s former self', async () => {
      const { catalog, pending, resolver } = setUp();
      void resolver.refresh(snapshotOf([declareAccount('a', { credential: { kind: 'api-key', secret: 'old' } })]));
      await tick();

      void resolver.refresh(snapshotOf([declareAccount('a')], 2));
      await tick();
      pending[0]?.answer('of-the-old-key');
      await tick();

      expect(catalog.modelsOf('a')).toBeUndefined();
    });

    it('does not turn back for a request that still holds on to the old one', async () => {
      const { asked, catalog, resolver } = await learnt();
      const old = snapshotOf([declareAccount('a'), declareAccount('b')]);
      await resolver.refresh(snapshotOf([declareAccount('a'), declareAccount('c', { models: ['m'] })], 2));
      const askedBefore = asked.length;

      resolver.resolve('old', old, ANONYMOUS);
      await tick();

      expect(asked).toHaveLength(askedBefore);
      expect(catalog.modelsOf('a')).toEqual([{ id: 'old' }]);
    });
  });

  it('lists for a request that holds on to an old snapshot without turning back to it', async () => {
    const { catalog, pending, resolver } = setUp();
    const old = snapshotOf([declareAccount('a', { credential: { kind: 'api-key', secret: 'old' } })]);
    const refreshing = resolver.refresh(snapshotOf([declareAccount('a')], 2));
    await tick();
    pending[0]?.answer('new');
    await refreshing;

    await resolver.list(old, ANONYMOUS);

    expect(catalog.modelsOf('a')).toEqual([{ id: 'new' }]);
  });

  describe('list', () => {
    it('waits for the vendors', async () => {
      const { pending, resolver } = setUp();

      const listing = resolver.list(snapshotOf([declareAccount('a')]), ANONYMOUS);
      await tick();
      pending[0]?.answer('m2', 'm1');

      expect((await listing).map(({ id }) => id)).toEqual(['m1', 'm2']);
    });
  });
});
