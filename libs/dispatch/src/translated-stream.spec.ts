import { GatewayError, type GatewayErrorKind } from '@sluice/core';
import { compose, sourceOf, type PushSource } from '@sluice/streaming';
import { exchangeOf } from './__fixtures__/exchange-of.js';
import { event, scriptFormat } from './__fixtures__/script-format.js';
import { streamOf } from './__fixtures__/scripted-provider.js';
import { message, SpokenClient, SpokenDecoder } from './__fixtures__/spoken-format.js';
import { VendorStream } from './__fixtures__/vendor-stream.js';
import { frameDecoder } from './frame-decoder.js';
import { TranslatedStream } from './translated-stream.js';

interface Options {
  readonly framing?: 'sse' | 'aws-event-stream';
  readonly client?: SpokenClient;
  readonly prepare?: (world: ReturnType<typeof exchangeOf>) => void;
}

function translated(body: PushSource<Buffer>, options: Options = {}) {
  const { framing = 'sse', client = new SpokenClient(), prepare = () => undefined } = options;
  const world = exchangeOf({ format: scriptFormat });
  prepare(world);
  const stream = new TranslatedStream({
    exchange: world.exchange,
    reply: streamOf(body),
    decoder: compose(frameDecoder(framing), new SpokenDecoder()),
    encoder: client.client.translation.createStreamEncoder(),
    headers: { 'content-type': 'text/event-stream' },
    secrets: () => ['vendor-secret'],
  });
  return { ...world, outcome: stream.run() };
}

/** The stream of a vendor that is asked step by step. */
function started(options: Options = {}) {
  const vendor = new VendorStream();
  return { vendor, ...translated(vendor, options) };
}

const OPENING = ['start', 'open'] as const;
const script = (...lines: readonly string[]) => sourceOf(lines.map(event));
const chunk = (...lines: readonly string[]) => Buffer.concat(lines.map(event));
const text = (...data: readonly string[]) => chunk(...data).toString();
const BEGUN = text('response-start', 'block-start', 'block-delta a');
const silent = () => new GatewayError({ kind: 'upstream_silent', message: 'silence' });
const shutDown = () => new GatewayError({ kind: 'shutting_down', message: 'restart' });
const clientGone = () => new GatewayError({ kind: 'client_closed', message: 'gone' });

describe('TranslatedStream', () => {
  describe('a good stream', () => {
    it('reaches the client in its own words', async () => {
      const { answer, exchange, outcome } = translated(script(...OPENING, 'text a', 'close', 'usage 4', 'end'));

      expect(await outcome).toEqual({ type: 'answered' });
      expect(answer.text).toBe(BEGUN + text('block-end', 'usage', 'response-end'));
      expect(answer).toMatchObject({ status: 200, ending: 'complete', violations: [] });
      expect(exchange).toMatchObject({ status: 200, usage: { output: 4 }, finishReason: { unified: 'stop' } });
    });

    it('is held until its first content', () => {
      const { answer, vendor } = started();

      vendor.deliver(chunk(...OPENING, 'text '));
      const isHeld = !answer.hasBegun;
      vendor.deliver(chunk('text a'));

      expect(isHeld).toBe(true);
      expect(answer.text).toBe(text('response-start', 'block-start', 'block-delta ', 'block-delta a'));
    });

    it('may have no content', async () => {
      const { answer, outcome } = translated(script('start', 'end'));

      expect(await outcome).toEqual({ type: 'answered' });
      expect(answer.text).toBe(text('response-start', 'response-end'));
    });

    it('is one write per chunk', () => {
      const { answer, vendor } = started();

      vendor.deliver(chunk(...OPENING, 'text a', 'text b'));

      expect(answer.chunks).toHaveLength(1);
    });

    it('may be framed in binary', async () => {
      const bytes = Buffer.concat([...OPENING, 'text a', 'end'].map(message));
      const cut = [bytes.subarray(0, 7), bytes.subarray(7)];

      const { answer, outcome } = translated(sourceOf(cut), { framing: 'aws-event-stream' });

      expect(await outcome).toEqual({ type: 'answered' });
      expect(answer.text).toBe(BEGUN + text('response-end'));
    });

    it('is complete although the connection breaks behind its end', async () => {
      const { answer, outcome, vendor } = started();

      vendor.deliver(chunk(...OPENING, 'text a', 'end'));
      vendor.fail(silent());

      expect(await outcome).toEqual({ type: 'answered' });
      expect(answer).toMatchObject({ text: BEGUN + text('response-end'), ending: 'complete', violations: [] });
    });

    it('is complete although something unreadable follows its end', async () => {
      const { answer, outcome } = translated(script(...OPENING, 'text a', 'end', 'throw'));

      expect(await outcome).toEqual({ type: 'answered' });
      expect(answer).toMatchObject({ text: BEGUN + text('response-end'), violations: [] });
    });
  });

  describe('a failure before the commit', () => {
    it.each<[what: string, lines: string[], kind: GatewayErrorKind]>([
      ['the vendor’s error', [...OPENING, 'error upstream_overloaded full'], 'upstream_overloaded'],
      [
        'the vendor’s error with content behind it',
        ['error upstream_overloaded', 'start', 'text a'],
        'upstream_overloaded',
      ],
      ['an end', [...OPENING], 'upstream_truncated'],
      ['an end without any event', [], 'upstream_truncated'],
      ['a decoder that stumbles', ['start', 'throw'], 'upstream_invalid_response'],
    ])('by %s leaves the client untouched', async (_, lines, kind) => {
      const cut = translated(script(...lines));
      const whole = translated(sourceOf([chunk(...lines)]));

      for (const { answer, exchange, outcome } of [cut, whole]) {
        expect(await outcome).toMatchObject({ type: 'failed', error: { kind } });
        expect(answer).toMatchObject({ hasBegun: false, ending: undefined, violations: [] });
        expect(exchange.status).toBe(0);
      }
    });

    it('by a broken connection leaves the client untouched', async () => {
      const { answer, outcome, vendor } = started();

      vendor.deliver(chunk(...OPENING));
      vendor.fail(silent());

      expect(await outcome).toMatchObject({ type: 'failed', error: { kind: 'upstream_silent' } });
      expect(answer.hasBegun).toBe(false);
    });

    it('ends the vendor’s stream', async () => {
      const { outcome, vendor } = started();

      vendor.deliver(chunk('error upstream_overloaded'));

      await outcome;
      expect(vendor.isCancelled).toBe(true);
    });

    it('inside a message of a binary stream is a truncation', async () => {
      const bytes = message('start');

      const { outcome } = translated(sourceOf([bytes.subarray(0, -1)]), { framing: 'aws-event-stream' });

      expect(await outcome).toMatchObject({ type: 'failed', error: { kind: 'upstream_truncated' } });
    });
  });

  describe('a failure after the commit', () => {
    it.each<[what: string, lines: string[], told: string, kind: GatewayErrorKind]>([
      [
        'the vendor’s error',
        ['error upstream_overloaded full'],
        text('response-error upstream_overloaded full'),
        'upstream_overloaded',
      ],
      ['an end', [], text('response-error upstream_truncated cut'), 'upstream_truncated'],
      [
        'a decoder that stumbles',
        ['throw'],
        "event: error\ndata: upstream_invalid_response: The vendor's answer could not be understood. Try again.\n\n",
        'upstream_invalid_response',
      ],
    ])('by %s is told once, as the last event', async (_, lines, told, kind) => {
      const rest = lines.length === 0 ? [] : ['text b', 'end', 'error upstream_error'];
      const cut = translated(script(...OPENING, 'text a', ...lines, ...rest));
      const whole = translated(sourceOf([chunk(...OPENING, 'text a', ...lines, ...rest)]));

      for (const { answer, outcome } of [cut, whole]) {
        expect(await outcome).toMatchObject({ type: 'broken', error: { kind } });
        expect(answer).toMatchObject({ text: BEGUN + told, ending: 'complete', violations: [] });
      }
    });

    it('ends the vendor’s stream', async () => {
      const { answer, outcome, vendor } = started();

      vendor.deliver(chunk(...OPENING, 'text a'));
      vendor.deliver(chunk('error upstream_overloaded full'));
      vendor.deliver(chunk('text b'));

      await outcome;
      expect(vendor.isCancelled).toBe(true);
      expect(answer.text).toBe(BEGUN + text('response-error upstream_overloaded full'));
    });

    it('by a broken connection is told in our words', async () => {
      const { answer, outcome, vendor } = started();

      vendor.deliver(chunk(...OPENING, 'text a'));
      vendor.fail(silent());

      expect(await outcome).toMatchObject({ type: 'broken', error: { kind: 'upstream_silent' } });
      expect(answer.text).toBe(`${BEGUN}event: error\ndata: upstream_silent: silence\n\n`);
    });

    it('repeats no secret', async () => {
      const { answer, outcome } = translated(script(...OPENING, 'text a', 'error upstream_error for vendor-secret'));

      expect(await outcome).toMatchObject({ type: 'broken', error: { message: 'for [redacted]' } });
      expect(answer.text).toBe(BEGUN + text('response-error upstream_error for [redacted]'));
    });
  });

  describe('a defect of ours', () => {
    it('in the client’s format is not blamed on the vendor', async () => {
      const client = new SpokenClient();
      client.stumblesOver = 'response-start';

      const { answer, outcome } = translated(script(...OPENING, 'text a', 'end'), { client });

      expect(await outcome).toMatchObject({ type: 'failed', error: { kind: 'internal_error' } });
      expect(answer.hasBegun).toBe(false);
    });

    it('at the end of the answer does not pass for a good one', async () => {
      const client = new SpokenClient();
      client.stumblesOver = 'response-end';

      const { answer, outcome } = translated(script(...OPENING, 'text a', 'end'), { client });

      expect(await outcome).toMatchObject({ type: 'broken', error: { kind: 'internal_error' } });
      expect(answer.text).toContain('event: error\ndata: internal_error: ');
      expect(answer).toMatchObject({ ending: 'complete', violations: [] });
    });
  });

  describe('stopped from outside', () => {
    it('before the content says so to the loop only', async () => {
      const { answer, exchange, outcome, vendor } = started();

      vendor.deliver(chunk(...OPENING));
      exchange.interrupt(shutDown());

      expect(await outcome).toMatchObject({ type: 'interrupted', error: { kind: 'shutting_down' } });
      expect(answer.hasBegun).toBe(false);
      expect(vendor.isCancelled).toBe(true);
    });

    it('by a draining process ends with an error event', async () => {
      const { answer, exchange, outcome, vendor } = started();

      vendor.deliver(chunk(...OPENING, 'text a'));
      exchange.interrupt(shutDown());
      vendor.deliver(chunk('text b'));

      expect(await outcome).toMatchObject({ type: 'broken', error: { kind: 'shutting_down' } });
      expect(answer.text).toBe(`${BEGUN}event: error\ndata: shutting_down: restart\n\n`);
      expect(answer).toMatchObject({ ending: 'complete', violations: [] });
      expect(vendor.isCancelled).toBe(true);
    });

    it('by a client that left writes nothing more', async () => {
      const { answer, exchange, outcome, vendor } = started();
      answer.onAbandoned(() => exchange.interrupt(clientGone()));

      vendor.deliver(chunk(...OPENING, 'text a'));
      answer.abandon();
      vendor.deliver(chunk('text b'));

      expect(await outcome).toMatchObject({ type: 'broken', error: { kind: 'client_closed' } });
      expect(answer).toMatchObject({ text: BEGUN, violations: [] });
      expect(vendor.isCancelled).toBe(true);
    });

    it.each([
      ['more content', ['text b', 'end']],
      ['the vendor’s error', ['error upstream_overloaded']],
    ])('by a client that leaves during a write ends there, whatever waits: %s', async (_, rest) => {
      const first = chunk(...OPENING, 'text a', ...rest.filter((line) => line.startsWith('error')));

      const { answer, outcome } = translated(sourceOf([first, ...rest.map(event)]), {
        prepare: ({ answer: leaving, exchange }) => {
          const write = leaving.write.bind(leaving);
          leaving.onAbandoned(() => exchange.interrupt(clientGone()));
          leaving.write = (item) => {
            const result = write(item);
            leaving.abandon();
            return result;
          };
        },
      });

      expect(await outcome).toMatchObject({ type: 'broken', error: { kind: 'client_closed' } });
      expect(answer).toMatchObject({ ending: 'abandoned', violations: [] });
      expect(answer.chunks).toHaveLength(1);
    });

    it('before it was begun reads nothing', async () => {
      const vendor = new VendorStream();
      vendor.deliver(chunk(...OPENING, 'text a'));

      const { answer, outcome } = translated(vendor, { prepare: ({ exchange }) => exchange.interrupt(shutDown()) });

      expect(await outcome).toMatchObject({ type: 'interrupted', error: { kind: 'shutting_down' } });
      expect(answer.hasBegun).toBe(false);
      expect(vendor.isCancelled).toBe(true);
    });

    it('after its end changes nothing', async () => {
      const { answer, exchange, outcome } = translated(script(...OPENING, 'text a', 'end'));

      await outcome;
      exchange.interrupt(shutDown());

      expect(answer).toMatchObject({ text: BEGUN + text('response-end'), violations: [] });
    });
  });

  describe('a slow client', () => {
    it('pauses the vendor until it has read', async () => {
      const { answer, outcome, vendor } = started();
      answer.isFull = true;

      vendor.deliver(chunk(...OPENING, 'text a'));
      const wasPaused = vendor.isPaused;
      vendor.deliver(chunk('text b'));
      const written = answer.chunks.length;
      answer.drain();
      vendor.deliver(chunk('end'));
      vendor.finish();

      expect(await outcome).toEqual({ type: 'answered' });
      expect([wasPaused, written, vendor.isPaused]).toEqual([true, 1, false]);
      expect(answer.text).toBe(BEGUN + text('block-delta b', 'response-end'));
    });
  });
});
