import { AccountPool } from '@sluice/accounts';
import { GatewayError } from '@sluice/core';
import { declareAccount } from './__fixtures__/declare-account.js';
import { ANYBODY, keyFor, setUp, type World } from './__fixtures__/routing-world.js';
import { explainRoute, type ExplainRequest } from './explain-route.js';

const NOW_MS = 1_000_000;

function explain(world: World, wish: Partial<ExplainRequest> = {}, pool = new AccountPool()) {
  const { router, snapshot } = setUp(world);
  return explainRoute(router, pool, { name: 'm1', snapshot, principal: ANYBODY, nowMs: NOW_MS, ...wish });
}

const idsOf = ({ accounts }: ReturnType<typeof explain>) => accounts.map(({ accountId }) => accountId);
const standingsOf = ({ accounts }: ReturnType<typeof explain>) =>
  Object.fromEntries(accounts.map(({ accountId, standing }) => [accountId, standing]));

describe('explainRoute', () => {
  it('gives the candidates in the order in which they are asked', () => {
    const accounts = [
      declareAccount('spare', { priority: 1 }),
      declareAccount('mine', { owner: 'key:any', priority: 5 }),
      declareAccount('main'),
    ];

    const told = { provider: 'acme', target: { position: 0, model: 'm1' }, standing: { type: 'usable' }, weight: 1 };
    const condition = { inFlight: 0, circuit: { vendor: 'acme', state: 'closed' } };
    expect(explain({ accounts })).toEqual({
      targets: [{ position: 0, strategy: 'round-robin' }],
      isSplit: false,
      accounts: [
        { ...told, accountId: 'mine', owner: 'caller', priority: 5, condition },
        { ...told, accountId: 'main', priority: 0, condition },
        { ...told, accountId: 'spare', priority: 1, condition },
      ],
    });
  });

  it('puts those first whose vendor speaks the client’s format, but not before somebody’s own', () => {
    const accounts = [declareAccount('other'), declareAccount('native'), declareAccount('bobs', { owner: 'key:bob' })];
    const preferred: ExplainRequest['preferred'] = ({ candidates }) =>
      candidates.filter(({ declaration }) => declaration.account.id === 'native');
    const bob = { ...ANYBODY, id: 'key:bob' };

    expect(idsOf(explain({ accounts }, { preferred }))).toEqual(['native', 'other', 'bobs']);
    expect(idsOf(explain({ accounts }, { preferred, principal: bob }))).toEqual(['bobs', 'other', 'native']);
  });

  it('tells how many calls are under way, and of how many', () => {
    const world = setUp({ accounts: [declareAccount('a', { maxConcurrency: 2 })] });
    const pool = new AccountPool();
    const [target] = world.router.resolve('m1', world.snapshot, ANYBODY).targets;
    for (let at = 0; at < 2; at += 1) {
      pool.lease({ candidates: target?.candidates ?? [], exclude: new Set(), nowMs: NOW_MS });
    }

    const request = { name: 'm1', snapshot: world.snapshot, principal: ANYBODY, nowMs: NOW_MS };
    expect(explainRoute(world.router, pool, request).accounts).toMatchObject([
      { standing: { type: 'busy' }, condition: { inFlight: 2, maxConcurrency: 2 } },
    ]);
  });

  it('tells that a vendor is left alone, and until when', () => {
    const world = setUp({ accounts: [declareAccount('a'), declareAccount('b')] });
    const pool = new AccountPool();
    const [target] = world.router.resolve('m1', world.snapshot, ANYBODY).targets;
    const error = new GatewayError({ kind: 'upstream_error', message: 'It failed.' });
    for (let at = 0; at < 20; at += 1) {
      const { lease } = pool.lease({ candidates: target?.candidates ?? [], exclude: new Set(), nowMs: NOW_MS });
      const failure = { error, blame: 'provider', action: 'next-account' } as const;
      lease?.release({ type: 'failure', failure, nowMs: NOW_MS });
    }

    const request = { name: 'm1', snapshot: world.snapshot, principal: ANYBODY, nowMs: NOW_MS };
    const circuit = { vendor: 'acme', state: 'open', retryAtMs: NOW_MS + 30_000 };
    expect(explainRoute(world.router, pool, request).accounts).toMatchObject([
      { standing: { type: 'open-circuit', untilMs: NOW_MS + 30_000 }, condition: { circuit } },
      { standing: { type: 'open-circuit', untilMs: NOW_MS + 30_000 }, condition: { circuit } },
    ]);
  });

  it('goes through all targets of an alias', () => {
    const accounts = [declareAccount('a', { models: ['big'] }), declareAccount('b', { models: ['small'] })];
    const aliases = [{ alias: 'fast', targets: ['small', 'big'] }];

    expect(explain({ accounts, aliases }, { name: 'fast' }).accounts).toMatchObject([
      { accountId: 'b', target: { position: 0, model: 'small' } },
      { accountId: 'a', target: { position: 1, model: 'big' } },
    ]);
  });

  it('tells why each of the others is left out', () => {
    const accounts = [
      declareAccount('serves', { models: ['m1'] }),
      declareAccount('off', { enabled: false }),
      declareAccount('bobs', { owner: 'key:bob' }),
      declareAccount('without', { excludeModels: ['x', 'm?'] }),
      declareAccount('other', { models: ['m2'] }),
    ];

    expect(standingsOf(explain({ accounts }))).toEqual({
      serves: { type: 'usable' },
      off: { type: 'disabled' },
      bobs: { type: 'foreign' },
      without: { type: 'model-excluded', glob: 'm?' },
      other: { type: 'model-not-served' },
    });
  });

  it.each([
    ['an alias names another account', [{ alias: 'fast', targets: ['serves/m1'] }], 'fast'],
    ['an alias names another vendor', [{ alias: 'fast', targets: ['acme/m1'] }], 'fast'],
    ['the name itself names another account', [], 'serves/m1'],
  ])('does not say of an account that it does not serve what it serves: %s', (_why, aliases, name) => {
    const accounts = [
      declareAccount('serves', { models: ['m1'] }),
      declareAccount('too', { models: ['m*'] }, { provider: 'plain' }),
      declareAccount('not', { models: ['m2'] }),
    ];

    expect(standingsOf(explain({ accounts, aliases }, { name }))).toEqual({
      serves: { type: 'usable' },
      too: { type: 'not-a-target', model: 'm1' },
      not: { type: 'model-not-served' },
    });
  });

  it('says of an account with an unknown list that others are known to serve it', () => {
    const accounts = [declareAccount('serves', { models: ['v/m1'] }), declareAccount('unknown')];

    expect(standingsOf(explain({ accounts }, { name: 'v/m1' }))).toEqual({
      serves: { type: 'usable' },
      unknown: { type: 'perhaps-served', model: 'v/m1' },
    });
  });

  it('puts those behind that rest or cannot be spoken to', () => {
    const accounts = ['resting', 'silent', 'main'].map((id) => declareAccount(id));
    const pool = new AccountPool();
    const [declaration] = accounts;
    const failed = new GatewayError({ kind: 'upstream_rate_limited', message: 'Slow down.' });
    pool
      .lease({
        candidates: declaration === undefined ? [] : [{ declaration, model: 'm1' }],
        exclude: new Set(),
        nowMs: NOW_MS,
      })
      .lease?.release({
        type: 'failure',
        failure: { error: failed, blame: 'model', action: 'next-account', retryAfterMs: 9_000 },
        nowMs: NOW_MS,
      });

    const told = explain({ accounts }, { speaks: (candidate) => candidate.declaration.account.id !== 'silent' }, pool);

    expect(idsOf(told)).toEqual(['main', 'resting', 'silent']);
    expect(standingsOf(told)).toEqual({
      main: { type: 'usable' },
      resting: { type: 'cooling', untilMs: NOW_MS + 9_000, kind: 'upstream_rate_limited', message: 'Slow down.' },
      silent: { type: 'format' },
    });
  });

  it.each([
    ['a name that nobody serves', {}, 'model_not_found'],
    ['a name that the key may not use', { principal: keyFor('m2') }, 'permission_denied'],
  ])('tells what the client would be told: %s', (_what, wish, kind) => {
    const told = explain({ accounts: [declareAccount('other', { models: ['m2'] })] }, wish);

    expect(told.refusal?.kind).toBe(kind);
    expect(standingsOf(told)).toEqual({ other: { type: 'model-not-served' } });
  });

  it('does not take a turn', () => {
    const world = setUp({ accounts: [declareAccount('a'), declareAccount('b')] });
    const pool = new AccountPool();
    const request = { name: 'm1', snapshot: world.snapshot, principal: ANYBODY, nowMs: NOW_MS };
    explainRoute(world.router, pool, request);
    explainRoute(world.router, pool, request);

    const [target] = world.router.resolve('m1', world.snapshot, ANYBODY).targets;
    const { lease } = pool.lease({ candidates: target?.candidates ?? [], exclude: new Set(), nowMs: NOW_MS });

    expect(lease?.declaration.account.id).toBe('a');
  });
});
