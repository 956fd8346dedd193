import { GatewayError } from '@sluice/core';
import type { WireFormat } from '@sluice/translator-kit';
import { dispatchWorld, STEPS, type DispatchWorldOptions, type StepName } from './__fixtures__/dispatch-world.js';
import { scriptFormat } from './__fixtures__/script-format.js';

const refusal = () => new GatewayError({ kind: 'permission_denied', message: 'no' });
const failAt =
  (failing: StepName, error: () => unknown = refusal) =>
  (step: StepName) => {
    if (step === failing) throw error();
  };
const waitAt = (waiting: StepName, gate: Promise<void>) => (step: StepName) => (step === waiting ? gate : undefined);
const NEVER = new Promise<void>(() => {});

async function handled(options: DispatchWorldOptions = {}) {
  const world = dispatchWorld(options);
  await world.handle();
  return world;
}

describe('Dispatcher', () => {
  describe('handle', () => {
    it('goes through its steps in order and settles once', async () => {
      const world = await handled();

      expect(world.steps).toEqual(STEPS);
      expect(world.answer).toMatchObject({ status: 200, text: 'well', violations: [] });
      expect(world.listener).toMatchObject({ begun: 1, records: [{ ending: 'completed', status: 200, bytesOut: 4 }] });
      expect(world.recorded).toEqual(world.listener.records);
      expect(world.settled).toEqual(world.listener.records);
      expect(world.inFlight.size).toBe(0);
    });

    it.each(STEPS)('ends where %s fails: in the client’s words, and settled once', async (failing) => {
      const world = await handled({ before: failAt(failing) });

      expect(world.steps.at(-1)).toBe(failing);
      expect(world.answer).toMatchObject({ status: 403, ending: 'complete', violations: [] });
      expect(JSON.parse(world.answer.text)).toEqual({
        error: { code: 'permission_denied', message: 'no', request: 'req_1' },
      });
      expect(world.listener.records).toMatchObject([{ ending: 'failed', status: 403, errorKind: 'permission_denied' }]);
      expect(world.recorded).toHaveLength(1);
      expect(world.settled).toHaveLength(STEPS.indexOf(failing) > STEPS.indexOf('admit') ? 1 : 0);
      expect(world.inFlight.size).toBe(0);
    });

    it('refuses a content type that is no JSON before it reads the body', async () => {
      const world = await handled({ request: { headers: { 'content-type': 'text/plain' } } });

      expect(world.steps).toEqual(['authenticate']);
      expect(world.answer.status).toBe(415);
    });

    it('tells nothing of a defect but that there is one', async () => {
      const world = await handled({ before: failAt('resolve', () => new TypeError('secret detail')) });

      expect(world.answer.status).toBe(500);
      expect(world.answer.text).not.toContain('secret detail');
      expect(world.listener.records[0]?.failure).toMatchObject({
        kind: 'internal_error',
        cause: { message: 'secret detail' },
      });
    });

    it('answers with why the loop gave up, and with the vendor’s headers that belong to it', async () => {
      const error = new GatewayError({
        kind: 'upstream_rate_limited',
        message: 'slow',
        retryAfterMs: 1500,
        upstream: { status: 429, message: 'slow' },
      });

      const { answer } = await handled({
        attempt: () => Promise.resolve({ error, headers: { 'x-ratelimit-remaining': '0', 'set-cookie': 'a=b' } }),
      });

      expect(answer.status).toBe(429);
      expect(answer.headers).toEqual({
        'content-type': 'application/json',
        'retry-after': '2',
        'x-limit': '9',
        'x-ratelimit-remaining': '0',
      });
    });

    it('pins the snapshot that was in force when the request came', async () => {
      let seen: number | undefined;
      const world = dispatchWorld({
        before: (step) => {
          if (step === 'readBody') world.snapshots.replace({ ...world.snapshots.current, revision: 2 });
        },
        attempt: (exchange) => {
          seen = exchange.snapshot.revision;
          return Promise.resolve(undefined);
        },
      });

      await world.handle();

      expect(seen).toBe(1);
    });

    it('breaks the connection when the answer has begun and an attempt is lost', async () => {
      const { answer, listener } = await handled({
        attempt: (exchange) => {
          exchange.answer.begin(200, {});
          exchange.status = 200;
          throw new TypeError('lost');
        },
      });

      expect(answer.ending).toBe('destroyed');
      expect(listener.records).toMatchObject([{ ending: 'broken', status: 200, errorKind: 'internal_error' }]);
    });

    it.each([
      [true, 'event: error\ndata: upstream_overloaded: full\n\n', 'text/event-stream; charset=utf-8'],
      [false, '{"error":{"code":"upstream_overloaded","message":"full","request":"req_1"}}', 'application/json'],
    ])('tells a client that was kept awake behind its head (stream: %s)', async (stream, told, contentType) => {
      const format = {
        ...scriptFormat,
        envelope: { ...scriptFormat.envelope, read: () => ({ model: 'client-model', stream }) },
      };
      const { answer, listener } = await handled({
        format,
        body: { stream },
        attempt: (exchange) => {
          exchange.answer.keepAwake({ headers: () => ({ 'content-type': contentType }), text: '\n\n' });
          exchange.status = 200;
          throw new GatewayError({ kind: 'upstream_overloaded', message: 'full' });
        },
      });

      expect(answer).toMatchObject({ status: 200, text: `\n\n${told}`, ending: 'complete', violations: [] });
      expect(answer.headers['content-type']).toBe(contentType);
      expect(listener.records).toMatchObject([{ ending: 'failed', status: 200, errorKind: 'upstream_overloaded' }]);
    });

    it('breaks the connection when the failure cannot be said', async () => {
      const client = { ...scriptFormat.client, encodeError: stumble };

      const world = await handled({ format: { ...scriptFormat, client }, before: failAt('admit') });

      expect(world.answer.ending).toBe('destroyed');
      expect(world.logger.errors).toEqual(['a failure could not be answered']);
      expect(world.listener.records).toMatchObject([{ ending: 'failed', status: 403 }]);
    });

    it('breaks the connection of a format that has no words for clients', async () => {
      const format: WireFormat = { id: 'mute', displayName: 'Mute', envelope: scriptFormat.envelope };

      const world = await handled({ format, before: failAt('admit') });

      expect(world.answer.ending).toBe('destroyed');
      expect(world.listener.records).toMatchObject([{ status: 403 }]);
    });
  });

  describe('when the client leaves', () => {
    it.each<StepName>(['readBody', 'resolve', 'guard'])('during %s, does not wait for that step', async (step) => {
      const world = dispatchWorld({ before: waitAt(step, NEVER) });

      const handling = world.handle();
      await settle();
      world.answer.abandon();
      await handling;

      expect(world.steps.at(-1)).toBe(step);
      expect(world.answer.violations).toEqual([]);
      expect(world.listener.records).toMatchObject([
        { ending: 'client-closed', status: 499, errorKind: 'client_closed', attempts: 0 },
      ]);
      expect(world.inFlight.size).toBe(0);
    });

    it('while it is admitted, settles what was reserved', async () => {
      let admit = (): void => {};
      const world = dispatchWorld({
        before: waitAt('admit', new Promise((resolve) => (admit = resolve))),
        attempt: (exchange) =>
          Promise.resolve({ error: exchange.cancellation.reason as GatewayError, headers: undefined }),
      });

      const handling = world.handle();
      await settle();
      world.answer.abandon();
      admit();
      await handling;

      expect(world.settled).toMatchObject([{ ending: 'client-closed' }]);
    });
  });

  describe('when the process stops', () => {
    it('tells the client instead of waiting for its body', async () => {
      const world = dispatchWorld({ before: waitAt('readBody', NEVER) });

      const handling = world.handle();
      await settle();
      world.inFlight.interruptAll();
      await handling;

      expect(world.answer).toMatchObject({ status: 503, ending: 'complete' });
      expect(JSON.parse(world.answer.text)).toMatchObject({ error: { code: 'shutting_down' } });
    });
  });

  describe('somebody who listens and fails', () => {
    it.each<[who: string, break_: (world: ReturnType<typeof dispatchWorld>) => void]>([
      ['the listener of exchanges', (world) => (world.listener.started = stumble)],
      ['the listener of exchanges', (world) => (world.listener.settled = stumble)],
      ['the usage recorder', (world) => (world.usage.record = stumble)],
      ['the admission control', (world) => (world.admission.settle = stumble)],
    ])('%s: is in the log, and harms neither the exchange nor the others', async (who, break_) => {
      const world = dispatchWorld();
      break_(world);

      await world.handle();

      const told = [world.listener.records, world.recorded, world.settled].filter((records) => records.length === 1);
      expect(world.logger.errors).toEqual([`${who} failed`]);
      expect(told.length).toBeGreaterThanOrEqual(2);
      expect(world.answer.text).toBe('well');
      expect(world.inFlight.size).toBe(0);
    });
  });

  it('counts an exchange as open until its client has the last byte', async () => {
    const world = dispatchWorld({
      attempt: (exchange) => {
        exchange.answer.begin(200, {});
        return Promise.resolve(undefined);
      },
    });

    await world.handle();
    const openBefore = world.inFlight.size;
    world.answer.end();

    expect([openBefore, world.inFlight.size]).toEqual([1, 0]);
    expect(world.listener.records).toHaveLength(1);
  });
});

/** Lets everything happen that waits for nothing. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function stumble(): never {
  throw new TypeError('oops');
}
