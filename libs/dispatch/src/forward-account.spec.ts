import { AccountPool, type LeaseOwner } from '@sluice/accounts';
import type { AccountDeclaration, RuntimeSnapshot } from '@sluice/config';
import { ProviderRegistry, type Provider } from '@sluice/provider-kit';
import { declareAccount, declareSnapshot, routeOf, targetOf } from './__fixtures__/declarations.js';
import { ScriptedProvider } from './__fixtures__/scripted-provider.js';
import { forwardCandidates, leaseFirst, NO_MODEL, ownerIn } from './forward-account.js';

const NOW_MS = 1_000;

/** A vendor that takes requests whole. */
function forwarding(id: string, api: string): Provider {
  const provider = new ScriptedProvider(id);
  const { descriptor } = provider;
  return {
    descriptor: { ...descriptor, api },
    formats: () => [],
    send: (call) => provider.send(call),
    forward: () => Promise.reject(new Error('nobody calls it here')),
  };
}

const providers = new ProviderRegistry([
  forwarding('one', 'openai'),
  forwarding('two', 'anthropic'),
  forwarding('three', 'openai'),
  new ScriptedProvider('mute'),
]);
const on = (provider: string, id: string, overrides: Partial<AccountDeclaration> = {}): AccountDeclaration =>
  declareAccount(id, overrides, { provider });
const ids = (accounts: readonly AccountDeclaration[], members: { api?: string; owner?: LeaseOwner | undefined } = {}) =>
  forwardCandidates({
    api: 'openai',
    owner: { id: 'app', providerOrder: [] },
    providers,
    snapshot: declareSnapshot(accounts),
    route: undefined,
    ...members,
  }).map(({ declaration }) => declaration.account.id);

describe('forwardCandidates', () => {
  it('has the accounts of the API whose provider takes requests whole', () => {
    const accounts = [on('one', 'a'), on('two', 'b'), on('mute', 'c'), on('one', 'd', { enabled: false })];

    expect(ids(accounts)).toEqual(['a']);
    expect(ids(accounts, { api: 'anthropic' })).toEqual(['b']);
    expect(ids(accounts, { api: 'gemini' })).toEqual([]);
  });

  it('goes by priority, then as declared', () => {
    expect(ids([on('one', 'a', { priority: 2 }), on('one', 'b'), on('one', 'c')])).toEqual(['b', 'c', 'a']);
  });

  it('prefers the caller’s own and never has somebody else’s', () => {
    const accounts = [
      on('one', 'shared'),
      on('one', 'own', { owner: 'app', priority: 9 }),
      on('one', 'other', { owner: 'x' }),
    ];

    expect(ids(accounts)).toEqual(['own', 'shared']);
    expect(ids(accounts, { owner: undefined })).toEqual(['shared']);
  });

  it('takes the caller’s own in its order of providers', () => {
    const accounts = [on('one', 'a', { owner: 'app' }), on('three', 'b', { owner: 'app' }), on('one', 'shared')];

    expect(ids(accounts, { owner: { id: 'app', providerOrder: ['three', 'one'] } })).toEqual(['b', 'a', 'shared']);
    expect(ids(accounts, { owner: { id: 'app', providerOrder: ['one'] } })).toEqual(['a', 'b', 'shared']);
  });

  it('keeps to a model’s accounts and their names for it', () => {
    const [a, b] = [on('one', 'a'), on('one', 'b')];

    const candidates = forwardCandidates({
      api: 'openai',
      owner: undefined,
      providers,
      snapshot: declareSnapshot([a, b]),
      route: routeOf(targetOf([b], 'vendor-name')),
    });

    expect(candidates).toEqual([{ declaration: b, model: 'vendor-name' }]);
  });
});

describe('ownerIn', () => {
  const snapshot: RuntimeSnapshot = {
    ...declareSnapshot([on('one', 'a', { owner: 'key:app' })]),
    apiKeys: ['app', 'ci'].map((name) => ({ name, key: name, models: undefined, scopes: [], providerOrder: ['one'] })),
  };

  it('knows an owner of accounts and its order of providers', () => {
    expect(ownerIn(snapshot, 'key:app')).toEqual({ id: 'key:app', providerOrder: ['one'] });
  });

  it('knows nobody who owns nothing', () => {
    expect(ownerIn(snapshot, 'key:ci')).toBeUndefined();
  });
});

describe('leaseFirst', () => {
  const candidatesOf = (...declarations: readonly AccountDeclaration[]) =>
    declarations.map((declaration) => ({ declaration, model: NO_MODEL }));
  const request = { exclude: new Set<string>(), nowMs: NOW_MS };

  it('has the first each time, not each in its turn', () => {
    const pool = new AccountPool();
    const candidates = candidatesOf(on('one', 'a'), on('one', 'b'));

    const leased = [1, 2, 3].map(() => leaseFirst(pool, { ...request, candidates }));

    expect(leased).toMatchObject(Array(3).fill({ declaration: candidates[0]?.declaration }));
  });

  it('has the next where the first is busy or excluded', () => {
    const pool = new AccountPool();
    const candidates = candidatesOf(on('one', 'a', { maxConcurrency: 1 }), on('one', 'b'), on('one', 'c'));
    leaseFirst(pool, { ...request, candidates });

    const leased = leaseFirst(pool, { ...request, candidates, exclude: new Set(['b']) });

    expect(leased).toMatchObject({ declaration: candidates[2]?.declaration });
  });

  it('says why there is none', () => {
    const pool = new AccountPool();
    const candidates = candidatesOf(on('one', 'a', { maxConcurrency: 1 }));
    leaseFirst(pool, { ...request, candidates });

    expect(leaseFirst(pool, { ...request, candidates })).toEqual({ none: 'busy' });
    expect(leaseFirst(pool, { ...request, candidates: [] })).toEqual({ none: 'excluded' });
  });

  it('leaves somebody else’s account alone, whatever it is given', () => {
    const candidates = candidatesOf(on('one', 'a', { owner: 'x' }));

    expect(leaseFirst(new AccountPool(), { ...request, candidates })).toEqual({ none: 'excluded' });
  });
});
