import { GatewayError, type FailureAction, type GatewayErrorKind } from '@sluice/core';
import type { Target } from '@sluice/routing';
import { sourceOf } from '@sluice/streaming';
import { attemptWorld } from './__fixtures__/attempt-world.js';
import { exchangeOf } from './__fixtures__/exchange-of.js';
import { scriptFormat } from './__fixtures__/script-format.js';
import { declareAccount, routeOf, SETTINGS, targetOf } from './__fixtures__/declarations.js';
import {
  answers,
  fails,
  hangs,
  refuses,
  reply,
  ScriptedProvider,
  streams,
  type Turn,
} from './__fixtures__/scripted-provider.js';

const A = declareAccount('a');
const B = declareAccount('b', { priority: 1 });
const C = declareAccount('c', { priority: 2 });

/** A vendor whose every refusal asks for the same reaction, and blames nobody. */
function vendorThat(action: FailureAction, ...turns: Turn[]): ScriptedProvider {
  const vendor = new ScriptedProvider();
  vendor.turns = turns;
  vendor.classify = ({ error }) => ({ error, blame: 'request', action });
  return vendor;
}

function vendorOf(...turns: Turn[]): ScriptedProvider {
  const vendor = new ScriptedProvider();
  vendor.turns = turns;
  return vendor;
}

const shutDown = () => new GatewayError({ kind: 'shutting_down', message: 'restart' });

describe('AttemptLoop', () => {
  describe('run', () => {
    it('answers with the first account that can', async () => {
      const world = attemptWorld({ providers: [vendorOf(answers({ text: 'hi', usage: 3 }))] });

      const gaveUp = await world.run(routeOf(targetOf([A, B])));

      expect(gaveUp).toBeUndefined();
      expect(world.answer).toMatchObject({ status: 200, text: '{"text":"hi","usage":3}', ending: 'complete' });
      expect(world.answer.headers).toMatchObject({ 'x-sluice-model': 'vendor-model', 'x-sluice-attempts': '1' });
      expect(world.exchange).toMatchObject({ attempts: 1, ending: 'completed', status: 200, usage: { output: 3 } });
      expect(world.pool).toMatchObject({ open: 0, outcomes: ['success'] });
    });

    it('sends the client’s bytes with the vendor’s model', async () => {
      const world = attemptWorld({ providers: [vendorOf(answers())] });

      await world.run(routeOf(targetOf([A], 'm-1')));

      const [call] = world.vendor.calls;
      expect(call?.body.toString()).toBe('{"model":"m-1","stream":false}');
      expect(call).toMatchObject({ format: 'script', model: 'm-1', stream: false, credential: A.credential });
    });

    it.each<[streamUsage: boolean | undefined, body: string]>([
      [undefined, '{"model":"vendor-model","stream":true,"usage":true}'],
      [false, '{"model":"vendor-model","stream":true}'],
    ])('asks for usage in a stream unless streamUsage is %s', async (streamUsage, body) => {
      const account = declareAccount('a', {}, { settings: streamUsage === undefined ? {} : { streamUsage } });
      const world = attemptWorld({ providers: [vendorOf(streams('text', 'end'))], stream: true });

      await world.run(routeOf(targetOf([account])));

      expect(world.vendor.calls[0]?.body.toString()).toBe(body);
    });
  });

  describe('when a call fails', () => {
    it.each<[action: FailureAction, asked: readonly string[]]>([
      ['stop', ['a']],
      ['next-account', ['a', 'b', 'c']],
      ['next-target', ['a', 'c']],
      ['same', ['a', 'b', 'a', 'b', 'c', 'c']],
    ])('%s: asks %j', async (action, asked) => {
      const world = attemptWorld({ providers: [vendorThat(action, refuses(500, 'no'))] });

      const gaveUp = await world.run(routeOf(targetOf([A, B]), targetOf([C])));

      expect(world.vendor.asked).toEqual(asked);
      expect(gaveUp?.error).toMatchObject({ kind: 'upstream_error', message: 'no' });
      expect(world.exchange).toMatchObject({ attempts: asked.length, ending: undefined });
      expect(world.pool).toMatchObject({ open: 0, outcomes: asked.map(() => 'failure') });
      expect(world.answer.hasBegun).toBe(false);
    });

    it('asks the next account at once', async () => {
      const world = attemptWorld({ providers: [vendorOf(refuses(429), answers())] });

      await world.run(routeOf(targetOf([A, B])));

      expect(world.vendor.asked).toEqual(['a', 'b']);
      expect(world.pause.waits).toEqual([]);
      expect(world.answer.headers).toMatchObject({ 'x-sluice-attempts': '2' });
      expect(world.pool.outcomes).toEqual(['failure', 'success']);
    });

    it.each<[what: string, first: Turn, targets: readonly Target[], asked: readonly string[]]>([
      ['fails', refuses(500), [targetOf([A, B])], ['a', 'b']],
      ['is overloaded and names a time', refuses(503, '', { 'retry-after': '3' }), [targetOf([A, B])], ['a', 'b']],
      [
        'names a time, of another target',
        refuses(503, '', { 'retry-after': '3' }),
        [targetOf([A]), targetOf([C])],
        ['a', 'c'],
      ],
    ])('asks others at once where a vendor %s', async (_, first, targets, asked) => {
      const world = attemptWorld({ providers: [vendorOf(first, answers())] });

      await world.run(routeOf(...targets));

      expect(world.vendor.asked).toEqual(asked);
      expect(world.pause.waits).toEqual([]);
      expect(world.exchange.ending).toBe('completed');
    });

    it('pauses once for all who failed, when nobody else is left', async () => {
      const world = attemptWorld({ providers: [vendorOf(refuses(500))] });

      await world.run(routeOf(targetOf([A, B])));

      expect(world.vendor.asked).toEqual(['a', 'b', 'a', 'b']);
      expect(world.pause.waits).toEqual([250]);
    });

    it('pauses longer each time before it asks the same account', async () => {
      const vendor = new ScriptedProvider('acme', { perAccount: 4, perRequest: 10 });
      vendor.turns = [refuses(500)];
      const world = attemptWorld({ providers: [vendor] });

      await world.run(routeOf(targetOf([A])));

      expect(world.pause.waits).toEqual([250, 500, 1000]);
      expect(vendor.calls).toHaveLength(4);
    });

    it('begins with the pause that the provider thinks right', async () => {
      const vendor = new ScriptedProvider('acme', { perAccount: 3, perRequest: 10 });
      vendor.turns = [refuses(503)];
      vendor.classify = ({ error }) => ({ error, blame: 'request', action: 'same', firstPauseMs: 2000 });
      const world = attemptWorld({ providers: [vendor] });

      await world.run(routeOf(targetOf([A])));

      expect(world.pause.waits).toEqual([2000, 4000]);
    });

    it('pauses as long as the vendor asks for', async () => {
      const world = attemptWorld({ providers: [vendorOf(refuses(503, '', { 'retry-after': '3' }), answers())] });

      await world.run(routeOf(targetOf([A])));

      expect(world.pause.waits).toEqual([3000]);
      expect(world.exchange.ending).toBe('completed');
    });

    it('does not wait longer than the settings allow, and says when to come back', async () => {
      const world = attemptWorld({ providers: [vendorOf(refuses(503, 'full', { 'retry-after': '60' }))] });

      const gaveUp = await world.run(routeOf(targetOf([A])));

      expect(world.pause.waits).toEqual([]);
      expect(gaveUp?.error).toMatchObject({ kind: 'upstream_overloaded', message: 'full', retryAfterMs: 60_000 });
      expect(gaveUp?.headers).toEqual({ 'retry-after': '60' });
    });

    it('says when the account is back where a throttling vendor does not', async () => {
      const world = attemptWorld({ providers: [vendorOf(refuses(429, 'slow down'))] });

      const gaveUp = await world.run(routeOf(targetOf([A])));

      expect(gaveUp?.error).toMatchObject({ kind: 'upstream_rate_limited', message: 'slow down', retryAfterMs: 1000 });
    });

    it('tells the listener of each failure', async () => {
      const world = attemptWorld({ providers: [vendorOf(refuses(429, 'slow'), answers())] });

      await world.run(routeOf(targetOf([A, B])));

      expect(world.listener.failedAttempts).toMatchObject([
        { requestId: 'req_1', provider: 'acme', accountId: 'a', model: 'vendor-model', failure: { blame: 'model' } },
      ]);
    });

    it('goes on when the listener fails', async () => {
      const world = attemptWorld({ providers: [vendorOf(refuses(429), answers())] });
      world.listener.attemptFailed = () => {
        throw new Error('no disk');
      };

      await world.run(routeOf(targetOf([A, B])));

      expect(world.exchange.ending).toBe('completed');
      expect(world.logger.errors).toEqual(['the listener of exchanges failed']);
    });

    it.each<[turn: string, first: Turn]>([
      ['a stream', streams('hello', 'usage 7', 'error upstream_truncated')],
      ['a body', answers({ error: 'upstream_truncated', usage: 7 })],
    ])('forgets what %s that failed had reported', async (_, first) => {
      const world = attemptWorld({ providers: [vendorOf(first, answers({ text: 'b' }))], stream: true });

      await world.run(routeOf(targetOf([A, B])));

      expect(world.exchange).toMatchObject({ attempts: 2, ending: 'completed', usage: undefined });
    });

    it('forgets the request id of the vendor that failed', async () => {
      const turns = [refuses(429, '', { 'x-request-id': 'up_1' }), fails('upstream_unreachable')];
      const world = attemptWorld({ providers: [vendorOf(...turns)] });

      await world.run(routeOf(targetOf([A, B])));

      expect(world.exchange.upstreamRequestId).toBeUndefined();
    });

    it('takes the account’s secrets out of the vendor’s words, whoever repeats them', async () => {
      const account = declareAccount(
        'a',
        {},
        { settings: { token: 'token-in-settings' }, headers: { 'x-org': 'org-9' } },
      );
      const vendor = new ScriptedProvider('acme', undefined, ['token']);
      vendor.turns = [refuses(400, 'secret-of-a or token-in-settings or org-9')];
      vendor.classify = ({ body }) => ({
        error: new GatewayError({ kind: 'upstream_invalid_request', message: `again: ${body.toString()}` }),
        blame: 'request',
        action: 'stop',
      });
      const world = attemptWorld({ providers: [vendor] });

      const gaveUp = await world.run(routeOf(targetOf([account])));

      expect(gaveUp?.error.message).toBe('again: [redacted] or [redacted] or [redacted]');
    });
  });

  describe('budgets', () => {
    it('ends after maxAttempts calls, over all accounts', async () => {
      const world = attemptWorld({
        providers: [vendorThat('next-account', refuses(500))],
        settings: { retry: { maxAttempts: 2, maxWaitMs: 0, deadlineMs: 1000 } },
      });

      await world.run(routeOf(targetOf([A, B, C])));

      expect(world.vendor.asked).toEqual(['a', 'b']);
    });

    it('keeps to what a provider allows per request, and leaves the rest to the others', async () => {
      const frugal = new ScriptedProvider('frugal', { perAccount: 9, perRequest: 1 });
      const acme = new ScriptedProvider('acme', { perAccount: 2, perRequest: 9 });
      frugal.turns = acme.turns = [refuses(500)];
      const world = attemptWorld({ providers: [acme, frugal] });
      const thrifty = (id: string, priority: number) => declareAccount(id, { priority }, { provider: 'frugal' });

      await world.run(routeOf(targetOf([thrifty('f1', 0), thrifty('f2', 1), declareAccount('a', { priority: 2 })])));

      expect(frugal.asked).toEqual(['f1']);
      expect(acme.asked).toEqual(['a', 'a']);
      expect(world.pool.open).toBe(0);
    });

    it('asks a provider whose budget is small although others have been asked more often before', async () => {
      const frugal = new ScriptedProvider('frugal', { perAccount: 1, perRequest: 1 });
      const acme = vendorOf(refuses(500));
      frugal.turns = [answers()];
      const world = attemptWorld({ providers: [acme, frugal] });
      const last = declareAccount('f', {}, { provider: 'frugal' });

      await world.run(routeOf(targetOf([A]), targetOf([last])));

      expect(acme.asked).toEqual(['a', 'a']);
      expect(world.exchange.ending).toBe('completed');
    });

    it('begins no new call after the deadline', async () => {
      const world = attemptWorld({ settings: { retry: { maxAttempts: 9, maxWaitMs: 10_000, deadlineMs: 1000 } } });
      world.vendor.turns = [
        () => {
          world.clock.advance(1001);
          return refuses(429)(world.vendor.calls[0]!);
        },
      ];

      const gaveUp = await world.run(routeOf(targetOf([A, B])));

      expect(world.vendor.asked).toEqual(['a']);
      expect(gaveUp?.error.kind).toBe('upstream_rate_limited');
    });

    it('does not pause beyond the deadline', async () => {
      const world = attemptWorld({
        providers: [vendorOf(refuses(500))],
        settings: { retry: { maxAttempts: 9, maxWaitMs: 10_000, deadlineMs: 249 } },
      });

      await world.run(routeOf(targetOf([A])));

      expect(world.pause.waits).toEqual([]);
      expect(world.vendor.calls).toHaveLength(1);
    });

    it('sends the first call however long the request took to arrive', async () => {
      const world = attemptWorld({ providers: [vendorOf(answers())] });
      world.clock.advance(10_000_000);

      await world.run(routeOf(targetOf([A])));

      expect(world.exchange.ending).toBe('completed');
    });
  });

  describe('when no account is left', () => {
    const coolDown = (world: ReturnType<typeof attemptWorld>, retryAfterMs: number, account = A) => {
      const nowMs = world.clock.now();
      const { lease } = world.pool.lease({ ...targetOf([account]), exclude: new Set(), nowMs });
      const error = new GatewayError({ kind: 'upstream_rate_limited', message: `slow down, ${account.account.id}` });
      lease?.release({
        type: 'failure',
        nowMs,
        failure: { error, blame: 'account', action: 'next-account', retryAfterMs },
      });
    };

    it('waits once for the cooldown that ends first', async () => {
      const world = attemptWorld({ providers: [vendorOf(answers())] });
      coolDown(world, 5000, A);
      coolDown(world, 2000, B);

      await world.run(routeOf(targetOf([A, B])));

      expect(world.pause.waits).toEqual([2000]);
      expect(world.vendor.asked).toEqual(['b']);
    });

    describe('who has said when to come back', () => {
      const hiccup = (world: ReturnType<typeof attemptWorld>) => {
        const nowMs = world.clock.now();
        const { lease } = world.pool.lease({ ...targetOf([A]), exclude: new Set(), nowMs });
        const error = new GatewayError({ kind: 'upstream_overloaded', message: 'full' });
        lease?.release({
          type: 'failure',
          nowMs,
          failure: { error, blame: 'provider', action: 'same', retryAfterMs: 5000 },
        });
      };

      it('is left alone while another target can serve', async () => {
        const world = attemptWorld({ providers: [vendorOf(answers())] });
        hiccup(world);

        await world.run(routeOf(targetOf([A]), targetOf([C])));

        expect(world.vendor.asked).toEqual(['c']);
      });

      it('is asked all the same when no target can', async () => {
        const world = attemptWorld({ providers: [vendorOf(answers())] });
        hiccup(world);
        coolDown(world, 60_000, C);

        await world.run(routeOf(targetOf([A]), targetOf([C])));

        expect(world.vendor.asked).toEqual(['a']);
        expect(world.pause.waits).toEqual([]);
      });
    });

    it('asks the next target instead of waiting', async () => {
      const world = attemptWorld({ providers: [vendorOf(answers())] });
      coolDown(world, 2000, A);

      await world.run(routeOf(targetOf([A]), targetOf([B])));

      expect(world.pause.waits).toEqual([]);
      expect(world.vendor.asked).toEqual(['b']);
    });

    it('waits for the first of all targets, and does not ask again who has refused', async () => {
      const world = attemptWorld({ providers: [vendorThat('next-account', refuses(500), answers())] });
      const preferred = declareAccount('p');
      coolDown(world, 3000, A);
      coolDown(world, 2000, B);

      await world.run(routeOf(targetOf([A]), targetOf([B, preferred])));

      expect(world.pause.waits).toEqual([2000]);
      expect(world.vendor.asked).toEqual(['p', 'b']);
    });

    it('does not wait twice', async () => {
      const world = attemptWorld({ providers: [vendorOf(answers())] });
      coolDown(world, 1000);
      world.pause.meanwhile = () => coolDownAgain();
      const coolDownAgain = () => {
        world.pause.meanwhile = () => {};
        world.clock.advance(1000);
        coolDown(world, 5000);
      };

      const gaveUp = await world.run(routeOf(targetOf([A])));

      expect(world.pause.waits).toEqual([1000]);
      expect(gaveUp?.error.kind).toBe('model_cooldown');
    });

    it('says when the first is back if that is too late to wait for', async () => {
      const world = attemptWorld({ settings: { retry: { maxAttempts: 6, maxWaitMs: 1000, deadlineMs: 60_000 } } });
      coolDown(world, 50_000, A);
      coolDown(world, 30_000, B);

      const gaveUp = await world.run(routeOf(targetOf([A]), targetOf([B])));

      expect(gaveUp).toMatchObject({
        error: {
          kind: 'model_cooldown',
          retryAfterMs: 30_000,
          message:
            'Every account for the model "client-model" is cooling down. Try again in 30 s. The vendor said: slow down, b',
        },
        headers: undefined,
      });
    });

    it('says that all are busy', async () => {
      const busy = declareAccount('a', { maxConcurrency: 1 });
      const world = attemptWorld();
      world.pool.lease({ ...targetOf([busy]), exclude: new Set(), nowMs: world.clock.now() });

      const gaveUp = await world.run(routeOf(targetOf([busy])));

      expect(gaveUp?.error).toMatchObject({ kind: 'rate_limited', retryAfterMs: 1000 });
      expect(world.exchange.attempts).toBe(0);
    });

    it('takes the account with a free slot', async () => {
      const busy = declareAccount('a', { maxConcurrency: 1 });
      const world = attemptWorld({ providers: [vendorOf(answers())] });
      world.pool.lease({ ...targetOf([busy]), exclude: new Set(), nowMs: world.clock.now() });

      await world.run(routeOf(targetOf([busy, B])));

      expect(world.vendor.asked).toEqual(['b']);
    });

    it('says that nobody speaks the format, unless somebody who does is only cooling', async () => {
      const foreign = new ScriptedProvider('foreign');
      foreign.spoken = ['another'];
      const world = attemptWorld({
        providers: [vendorOf(answers()), foreign],
        settings: { retry: { maxAttempts: 6, maxWaitMs: 0, deadlineMs: 1000 } },
      });
      const stranger = declareAccount('s', {}, { provider: 'foreign' });

      const alone = await world.run(routeOf(targetOf([stranger])));
      coolDown(world, 9000);
      const together = await world.run(routeOf(targetOf([stranger, A])));

      expect(alone?.error).toMatchObject({ kind: 'unsupported_translation' });
      expect(alone?.error.message).toContain('"s" serves client-model');
      expect(together?.error.kind).toBe('model_cooldown');
      expect(foreign.calls).toEqual([]);
      expect(world.pool.open).toBe(0);
    });

    it('says so of a route whose accounts are all switched off', async () => {
      const gaveUp = await attemptWorld().run(routeOf(targetOf([])));

      expect(gaveUp?.error.kind).toBe('no_account_available');
    });
  });

  describe('logins', () => {
    const LOGIN = declareAccount('a', { credential: undefined });
    const EXPIRED = { kind: 'oauth', secret: 'old-token' };

    async function worldWithLogin(...turns: Turn[]) {
      const vendor = vendorOf(...turns);
      let renewals = 0;
      vendor.refreshCredential = () => Promise.resolve({ kind: 'oauth', secret: `new-token-${(renewals += 1)}` });
      const world = attemptWorld({ providers: [vendor] });
      await world.store.put('a', EXPIRED);
      return { ...world, renewals: () => renewals };
    }

    it('renews a refused one and calls again, without a stain on the account', async () => {
      const world = await worldWithLogin(refuses(401), answers());

      await world.run(routeOf(targetOf([LOGIN])));

      expect(world.vendor.calls.map(({ credential }) => credential.secret)).toEqual(['old-token', 'new-token-1']);
      expect(world.pool.outcomes).toEqual(['cancelled', 'success']);
    });

    it('renews once per request', async () => {
      const world = await worldWithLogin(refuses(401, 'who are you?'));

      const gaveUp = await world.run(routeOf(targetOf([LOGIN])));

      expect(world.vendor.calls).toHaveLength(2);
      expect(world.renewals()).toBe(1);
      expect(gaveUp?.error).toMatchObject({ kind: 'upstream_auth_failed', status: 502, message: 'who are you?' });
      expect(world.pool).toMatchObject({ open: 0, outcomes: ['cancelled', 'failure'] });
    });

    it('does not renew the login of an account that is locked for a while', async () => {
      const world = await worldWithLogin(refuses(403), answers());
      world.vendor.classify = ({ error }) => ({
        error,
        blame: 'account',
        action: 'next-account',
        retryAfterMs: 60_000,
      });

      await world.run(routeOf(targetOf([LOGIN, B])));

      expect(world.renewals()).toBe(0);
      expect(world.vendor.asked).toEqual(['a', 'b']);
    });

    it('reports the refusal when renewing fails, without the tokens', async () => {
      const world = await worldWithLogin(refuses(401, 'old-token is dead'));
      world.vendor.refreshCredential = () => Promise.reject(new Error('offline'));

      const gaveUp = await world.run(routeOf(targetOf([LOGIN])));

      expect(gaveUp?.error.message).toBe('[redacted] is dead');
      expect(world.vendor.calls).toHaveLength(1);
    });

    it('asks the next account where there is no credential, and does not count that as a call', async () => {
      const world = attemptWorld({ providers: [vendorOf(answers())] });

      await world.run(routeOf(targetOf([LOGIN, B])));

      expect(world.vendor.asked).toEqual(['b']);
      expect(world.answer.headers).toMatchObject({ 'x-sluice-attempts': '1' });
    });

    it('does not take the refused credential of one account for that of another', async () => {
      const world = await worldWithLogin(refuses(401));
      let renewals = 0;
      world.vendor.refreshCredential = () => {
        renewals += 1;
        return Promise.reject(new GatewayError({ kind: 'upstream_auth_failed', message: 'log in again' }));
      };
      await world.store.put('a', { ...EXPIRED, expiresAtMs: world.clock.now() });

      await world.run(routeOf(targetOf([declareAccount('first', { priority: -1 }), LOGIN])));

      expect(world.vendor.asked).toEqual(['first']);
      expect(renewals).toBe(1);
    });

    it('does not renew without end when renewing fails in passing', async () => {
      const world = await worldWithLogin(answers());
      let renewals = 0;
      world.vendor.refreshCredential = () => {
        renewals += 1;
        return Promise.reject(new GatewayError({ kind: 'upstream_overloaded', message: 'busy' }));
      };
      await world.store.put('a', { ...EXPIRED, expiresAtMs: world.clock.now() });

      const gaveUp = await world.run(routeOf(targetOf([LOGIN])));

      expect(renewals).toBe(2);
      expect(world.exchange.attempts).toBe(0);
      expect(gaveUp?.error.kind).toBe('upstream_overloaded');
      expect(world.pool.open).toBe(0);
    });
  });

  describe('when the exchange is stopped', () => {
    it('takes the call with it and asks nobody else', async () => {
      const world = attemptWorld({ providers: [vendorOf(hangs())] });

      const running = world.run(routeOf(targetOf([A, B])));
      world.exchange.interrupt(shutDown());
      const gaveUp = await running;

      expect(gaveUp?.error.kind).toBe('shutting_down');
      expect(world.vendor.asked).toEqual(['a']);
      expect(world.pool).toMatchObject({ open: 0, outcomes: ['cancelled'] });
    });

    it('before the first call, sends none and says why', async () => {
      const world = attemptWorld();
      world.exchange.interrupt(shutDown());

      const gaveUp = await world.run(routeOf(targetOf([A])));

      expect(gaveUp?.error.kind).toBe('shutting_down');
      expect(world.vendor.calls).toEqual([]);
      expect(world.pool.outcomes).toEqual([]);
    });

    it('during a pause, ends there; what the vendor had said is past', async () => {
      const world = attemptWorld({ providers: [vendorOf(refuses(500))] });
      world.pause.meanwhile = () => world.exchange.interrupt(shutDown());

      const gaveUp = await world.run(routeOf(targetOf([A])));

      expect(gaveUp?.error.kind).toBe('shutting_down');
      expect(world.vendor.asked).toEqual(['a']);
    });

    it('while a credential is renewed, does not wait for it', async () => {
      const world = attemptWorld();
      world.vendor.refreshCredential = () => new Promise(() => {});
      await world.store.put('a', { kind: 'oauth', secret: 'old-token', expiresAtMs: world.clock.now() });

      const running = world.run(routeOf(targetOf([declareAccount('a', { credential: undefined })])));
      world.exchange.interrupt(shutDown());

      expect((await running)?.error.kind).toBe('shutting_down');
      expect(world.pool).toMatchObject({ open: 0, outcomes: ['cancelled'] });
    });
  });

  describe('a stream', () => {
    it('that broke after its content is not asked for again, and the account is not blamed', async () => {
      const world = attemptWorld({
        providers: [vendorOf(streams('text a', 'error upstream_overloaded'))],
        stream: true,
      });

      const gaveUp = await world.run(routeOf(targetOf([A, B])));

      expect(gaveUp).toBeUndefined();
      expect(world.vendor.asked).toEqual(['a']);
      expect(world.exchange).toMatchObject({ ending: 'broken', status: 200, error: { kind: 'upstream_overloaded' } });
      expect(world.pool).toMatchObject({ open: 0, outcomes: ['cancelled'] });
    });

    it('that the client left is recorded as such', async () => {
      const world = attemptWorld({ providers: [vendorOf(streams('text a', 'error client_closed'))], stream: true });

      await world.run(routeOf(targetOf([A])));

      expect(world.exchange.ending).toBe('client-closed');
    });

    it.each<GatewayErrorKind>(['upstream_overloaded', 'upstream_rate_limited', 'upstream_invalid_response'])(
      'that fails with %s before its content goes to the next account',
      async (kind) => {
        const world = attemptWorld({ providers: [vendorOf(streams('hello', `error ${kind}`))], stream: true });
        world.vendor.turns.push(streams(`error ${kind}`), streams('text b', 'end'));

        await world.run(routeOf(targetOf([A, B, C])));

        expect(world.answer.text).toBe('data: text b\n\ndata: end\n\n');
        expect(world.exchange.ending).toBe('completed');
        expect(world.pool.open).toBe(0);
      },
    );
  });

  it('leaves accounts alone that are all refused, and asks them again when their rest is over', async () => {
    const world = attemptWorld({ providers: [vendorOf(refuses(401))] });
    const route = routeOf(targetOf([A, B]));
    const again = () => {
      const { exchange } = exchangeOf({ format: scriptFormat });
      exchange.facts = { model: 'client-model', stream: false };
      return world.loop.run(exchange, { path: '/v1/script', query: '', body: Buffer.from('{"model":"m"}') }, route);
    };
    const calls = async (run: () => Promise<unknown>) => {
      const before = world.vendor.calls.length;
      await run();
      return world.vendor.calls.length - before;
    };

    expect(await calls(() => world.run(route))).toBe(2);
    world.clock.advance(299_999);
    expect(await calls(again)).toBe(0);
    world.clock.advance(1);
    expect(await calls(again)).toBeGreaterThanOrEqual(1);
  });

  describe('a provider whose accounts are asked once more when they are alone', () => {
    const vendorAlone = (...turns: Turn[]): ScriptedProvider => {
      const vendor = new ScriptedProvider('acme', { perAccount: 3, perRequest: 9, repeatsAlone: true });
      vendor.turns = turns;
      return vendor;
    };

    it.each<[what: string, first: Turn]>([
      ['an answer that broke off before its content', streams('hello', 'error upstream_truncated')],
      ['a connection that failed', fails('upstream_unreachable')],
    ])('is asked again after %s, after a pause', async (_what, first) => {
      const world = attemptWorld({ providers: [vendorAlone(first, streams('text b', 'end'))], stream: true });

      await world.run(routeOf(targetOf([A])));

      expect(world.exchange).toMatchObject({ ending: 'completed', attempts: 2 });
      expect(world.pause.waits).toEqual([250]);
    });

    it('is asked again when its rest after a throttling is over', async () => {
      const world = attemptWorld({ providers: [vendorAlone(refuses(429), answers())] });

      await world.run(routeOf(targetOf([A])));

      expect(world.exchange).toMatchObject({ ending: 'completed', attempts: 2 });
      expect(world.pause.waits).toEqual([250, 750]);
    });

    it.each<[what: string, first: Turn]>([
      ['asks to be left alone for long', refuses(429, '', { 'retry-after': '60' })],
      ['refuses the login', refuses(401)],
    ])('is not asked again where it %s', async (_what, first) => {
      const world = attemptWorld({ providers: [vendorAlone(first, answers())] });

      await world.run(routeOf(targetOf([A])));

      expect(world.vendor.calls).toHaveLength(1);
    });

    it('asks the others first, and everybody once more at most', async () => {
      const world = attemptWorld({ providers: [vendorAlone(fails('upstream_unreachable'))] });

      const gaveUp = await world.run(routeOf(targetOf([A, B])));

      expect(world.vendor.asked).toEqual(['a', 'b', 'a', 'b']);
      expect(gaveUp?.error.kind).toBe('upstream_unreachable');
      expect(world.pool.open).toBe(0);
    });

    it('keeps to maxAttempts', async () => {
      const settings = { retry: { ...SETTINGS.retry, maxAttempts: 1 } };
      const world = attemptWorld({ providers: [vendorAlone(fails('upstream_unreachable'))], settings });

      await world.run(routeOf(targetOf([A])));

      expect(world.vendor.calls).toHaveLength(1);
      expect(world.pause.waits).toEqual([]);
    });
  });

  describe('defects of ours', () => {
    it.each<[what: string, break_: (vendor: ScriptedProvider) => void]>([
      ['a provider that stumbles', (vendor) => (vendor.turns = [() => Promise.reject(new TypeError('oops'))])],
      ['a provider that cannot say what it speaks', (vendor) => (vendor.formats = stumble)],
      ['a provider that cannot judge', (vendor) => (vendor.classify = stumble)],
    ])('%s: rejects, but gives the account back without a stain', async (_, break_) => {
      const vendor = vendorOf(refuses(500));
      break_(vendor);
      const world = attemptWorld({ providers: [vendor] });

      await expect(world.run(routeOf(targetOf([A, B])))).rejects.toThrow('oops');

      expect(world.pool).toMatchObject({ open: 0, outcomes: ['cancelled'] });
    });

    it('a declared account of a provider that nobody brought: the same', async () => {
      const world = attemptWorld();

      const running = world.run(routeOf(targetOf([declareAccount('x', {}, { provider: 'gone' })])));

      await expect(running).rejects.toThrow('There is no provider "gone"');
      expect(world.pool.open).toBe(0);
    });
  });

  it('reads an error body that is too large as none', async () => {
    const page = Buffer.alloc(1024 * 1024 + 1, 'x');
    const world = attemptWorld({ providers: [vendorOf(() => reply(400, {}, sourceOf([page])))] });

    const gaveUp = await world.run(routeOf(targetOf([A])));

    expect(gaveUp?.error).toMatchObject({ kind: 'upstream_invalid_request', message: 'status 400' });
  });
});

function stumble(): never {
  throw new TypeError('oops');
}
