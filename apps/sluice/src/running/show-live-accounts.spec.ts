import { FakeGateway, pageOf, reportOf } from '../__fixtures__/fake-gateway.js';
import { NOW_MS, recordingTerminal } from '../__fixtures__/workplace.js';
import { showLiveAccounts, type LiveAccountsRequest } from './show-live-accounts.js';

const RESTING = reportOf('main', {
  standing: { type: 'cooling', untilMs: NOW_MS + 58_000, kind: 'upstream_rate_limited', message: 'Too fast.' },
  inFlight: 1,
  maxConcurrency: 4,
  owner: 'key:bob',
  restingModels: 1,
  modelRests: [
    { model: 'm1', strength: 'hard', untilMs: NOW_MS + 58_000, kind: 'upstream_rate_limited', message: 'Too fast.' },
  ],
  login: { kind: 'oauth', needsLogin: false, expiresAtMs: NOW_MS + 3_600_000 },
  limits: { atMs: NOW_MS, limits: [{ name: 'requests', remaining: 4, limit: 100, resetsAtMs: NOW_MS + 30_000 }] },
  lastFailure: {
    kind: 'upstream_rate_limited',
    message: 'Too fast.',
    model: 'm1',
    requestId: 'req-1',
    atMs: NOW_MS - 2_000,
  },
  counts: { completed: 12, failed: 1, broken: 0, 'client-closed': 0 },
});

describe('showLiveAccounts', () => {
  let gateway: FakeGateway;
  beforeEach(() => {
    gateway = new FakeGateway();
    gateway.answer = () => [200, pageOf(RESTING, reportOf('spare'))];
  });

  const show = async (request: LiveAccountsRequest = {}, columns?: number) => {
    const terminal = { ...recordingTerminal(), columns };
    const code = await showLiveAccounts(request, gateway, terminal);
    return { code, ...terminal };
  };

  it('prints how each account stands, and below it why', async () => {
    const { code, printed } = await show();

    expect(code).toBe(0);
    expect(printed).toEqual([
      'ACCOUNT  PROVIDER  STATE             RUNNING  DONE  FAILED  TOKEN ENDS',
      'main     acme      cooling for 58 s  1 of 4   12    1       in 60 min',
      '  Too fast.',
      '  m1 rests, back in 58 s: Too fast.',
      '  only for bob',
      '  left: requests 4 of 100 (again in 30 s)',
      '  failed last 2 s ago with m1, request req-1: upstream_rate_limited. Too fast.',
      'spare    acme      usable            0        0     0       -',
      'As the gateway at http://127.0.0.1:8000 sees them now.',
    ]);
  });

  it('keeps to the screen', async () => {
    const { printed } = await show({}, 60);

    expect(printed[1]).toBe('main     acme      cooling for 58 s  1 of 4   12    1      …');
  });

  it('tells what else an operator should see', async () => {
    gateway.answer = () => [
      200,
      pageOf(
        reportOf('waiting', {
          standing: { type: 'needs-login', message: 'Log in.' },
          login: { needsLogin: true },
        }),
        reportOf('sick', {
          circuit: { vendor: 'acme (one.example)', state: 'half-open', retryAtMs: NOW_MS },
          restingModels: 9,
          login: { error: 'The store could not be read.' },
        }),
      ),
    ];

    expect((await show()).printed).toEqual(
      expect.arrayContaining([
        '  Log in.',
        '  acme (one.example) is left alone: its circuit is half-open',
        '  and 9 more models rest',
        '  The store could not be read.',
      ]),
    );
  });

  it('reads on where one page is not all', async () => {
    const second = pageOf(reportOf('b'));
    gateway.answer = (path) => [
      200,
      path.endsWith('?after=a%2F1') ? second : { ...pageOf(reportOf('a/1')), next: 'a/1' },
    ];

    const { printed } = await show();

    expect(printed.map((line) => line.split(' ')[0])).toEqual(['ACCOUNT', 'a/1', 'b', 'As']);
  });

  it('ends where pages do not', async () => {
    gateway.answer = () => [200, { ...pageOf(reportOf('a')), next: 'a' }];

    const { code, warned } = await show();

    expect([code, gateway.asked.length, warned.length]).toEqual([1, 20, 1]);
  });

  it('gives programs the members that they always have, and everything that was told', async () => {
    const { printed } = await show({ json: true });

    expect(JSON.parse(printed.join('\n'))).toEqual([
      {
        id: 'main',
        provider: 'acme',
        state: 'cooling',
        login: { kind: 'oauth', secret: null, stored: null, name: null },
        tokenEndsAt: '2026-01-01T00:00:00.000Z',
        tokenEndsInSeconds: 3_600,
        owner: 'bob',
        limits: null,
        live: RESTING,
      },
      expect.objectContaining({ id: 'spare', state: 'usable', tokenEndsAt: null, owner: null }),
    ]);
  });

  it('leaves it to the configuration when nobody runs, and when nobody tells', async () => {
    gateway.answer = () => [403, { error: { message: 'Not you.' } }];
    const refused = await show();
    gateway.found = { kind: 'none' };
    const alone = await show();

    expect([refused.code, alone.code]).toEqual([undefined, undefined]);
    expect(refused.warned).toEqual([
      'The gateway at http://127.0.0.1:8000 has not told: Not you. (403)',
      'What follows is what the configuration alone tells.',
    ]);
    expect(alone.warned).toEqual([]);
  });

  it('does not take the configuration for the gateway whose address was given', async () => {
    gateway.answer = () => [403, { error: { message: 'Not you.' } }];

    expect((await show({ url: 'https://gate.example' })).code).toBe(1);
  });
});
