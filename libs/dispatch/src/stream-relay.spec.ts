import { GatewayError, type GatewayErrorKind } from '@sluice/core';
import { sourceOf, type Emit, type PushSource } from '@sluice/streaming';
import type { Observation, PassThroughFormat } from '@sluice/translator-kit';
import { exchangeOf, type ExchangeOptions } from './__fixtures__/exchange-of.js';
import { event, scriptFormat } from './__fixtures__/script-format.js';
import { streamOf } from './__fixtures__/scripted-provider.js';
import { VendorStream } from './__fixtures__/vendor-stream.js';
import { ModelEcho } from './model-echo.js';
import { StreamRelay, type StreamRelayOptions } from './stream-relay.js';

type Options = ExchangeOptions & Partial<StreamRelayOptions>;

function relayOf(body: PushSource<Buffer>, options: Options = {}) {
  const world = exchangeOf(options);
  const { exchange } = world;
  const relay = new StreamRelay({
    exchange,
    reply: streamOf(body),
    observer: scriptFormat.observe.createStreamObserver(),
    hideUsage: false,
    headers: { 'content-type': 'text/event-stream' },
    secrets: () => ['vendor-secret'],
    ...options,
  });
  return { ...world, outcome: relay.run() };
}

/** The relay of a vendor that is asked step by step. */
function startedRelay(options: Options = {}) {
  const vendor = new VendorStream();
  return { vendor, ...relayOf(vendor, options) };
}

const script = (...events: readonly string[]) => sourceOf(events.map(event));
const text = (...events: readonly string[]) => Buffer.concat(events.map(event)).toString();
const broken = () => new GatewayError({ kind: 'upstream_silent', message: 'silence' });

describe('StreamRelay', () => {
  describe('a good stream', () => {
    it('passes through byte by byte', async () => {
      const { answer, exchange, outcome } = relayOf(script('hello', 'text a', 'text b', 'usage 4', 'finish', 'end'));

      expect(await outcome).toEqual({ type: 'answered' });
      expect(answer.text).toBe(text('hello', 'text a', 'text b', 'usage 4', 'finish', 'end'));
      expect(answer).toMatchObject({ status: 200, ending: 'complete', violations: [] });
      expect(exchange).toMatchObject({ status: 200, usage: { output: 4 }, finishReason: { unified: 'stop' } });
    });

    it('is held until its first content', () => {
      const { answer, vendor } = startedRelay();

      vendor.deliver(event('hello'));
      const isHeld = !answer.hasBegun;
      vendor.deliver(event('text a'));

      expect(isHeld).toBe(true);
      expect(answer.text).toBe(text('hello', 'text a'));
    });

    it.each(['finish', 'end'])('may consist of nothing but its %s', async (last) => {
      const { answer, outcome } = relayOf(script('hello', last));

      expect(await outcome).toEqual({ type: 'answered' });
      expect(answer.text).toBe(text('hello', last));
    });

    it('is one write per chunk', () => {
      const { answer, vendor } = startedRelay();

      vendor.deliver(Buffer.concat([event('text a'), event('text b'), event('text c')]));

      expect(answer.chunks).toHaveLength(1);
    });

    it('may lack the last blank line', async () => {
      const { answer, outcome } = relayOf(sourceOf([event('text a'), Buffer.from('data: end\n')]));

      expect(await outcome).toEqual({ type: 'answered' });
      expect(answer.text).toBe('data: text a\n\ndata: end\n');
    });

    it('keeps what looks broken off behind its end', async () => {
      const { answer, outcome } = relayOf(sourceOf([event('text a'), event('end'), Buffer.from('data: {"rest')]));

      expect(await outcome).toEqual({ type: 'answered' });
      expect(answer.text).toBe(`${text('text a', 'end')}data: {"rest`);
    });

    it('is complete although the connection breaks behind its end', async () => {
      const { answer, outcome, vendor } = startedRelay();

      vendor.deliver(event('text a'));
      vendor.deliver(event('end'));
      vendor.fail(broken());

      expect(await outcome).toEqual({ type: 'answered' });
      expect(answer.ending).toBe('complete');
    });

    it('is released when the vendor greets without end', async () => {
      const greetings = Array.from({ length: 17 }, (_, index) => `hello ${index}`);

      const { answer, outcome } = relayOf(script(...greetings, 'text a', 'end'));

      expect(await outcome).toEqual({ type: 'answered' });
      expect(answer.text).toBe(text(...greetings, 'text a', 'end'));
    });
  });

  describe('an observer that speaks at the end of the input', () => {
    const endingLate = { push: () => {}, finish: (emit: Emit<Observation>) => emit({ type: 'end' }) };

    it('lets go of what was held', async () => {
      const { answer, outcome } = relayOf(script('hello'), { observer: endingLate });

      expect(await outcome).toEqual({ type: 'answered' });
      expect(answer).toMatchObject({ status: 200, text: text('hello'), ending: 'complete', violations: [] });
    });

    it('does not make an answer of nothing', async () => {
      const { answer, outcome } = relayOf(script(), { observer: endingLate });

      expect(await outcome).toMatchObject({ type: 'failed', error: { kind: 'upstream_truncated' } });
      expect(answer.violations).toEqual([]);
    });

    it('may stumble there, too', async () => {
      const { answer, outcome } = relayOf(script('hello'), { observer: { push: () => {}, finish: stumble } });

      expect(await outcome).toMatchObject({ type: 'failed', error: { kind: 'upstream_invalid_response' } });
      expect(answer.hasBegun).toBe(false);
    });
  });

  describe('usage that only we asked for', () => {
    it('is noted and hidden', async () => {
      const { answer, exchange, outcome } = relayOf(script('text a', 'finish', 'usage-only 5', 'end'), {
        hideUsage: true,
      });

      await outcome;

      expect(answer.text).toBe(text('text a', 'finish', 'end'));
      expect(exchange.usage).toMatchObject({ output: 5 });
    });

    it('is shown where something else stands beside it, or the client asked for it, too', async () => {
      const beside = relayOf(script('text a', 'usage 5', 'end'), { hideUsage: true });
      const asked = relayOf(script('text a', 'usage-only 5', 'end'));
      await Promise.all([beside.outcome, asked.outcome]);

      expect(beside.answer.text).toContain('usage 5');
      expect(asked.answer.text).toContain('usage-only 5');
    });
  });

  describe('a failure before the content', () => {
    it.each<[what: string, events: string[], kind: GatewayErrorKind]>([
      ['the vendor’s error', ['hello', 'error upstream_overloaded'], 'upstream_overloaded'],
      ['an end', ['hello'], 'upstream_truncated'],
      ['an end without any event', [], 'upstream_truncated'],
      ['an observer that stumbles', ['hello', 'throw'], 'upstream_invalid_response'],
    ])('by %s leaves the client untouched', async (_, events, kind) => {
      const { answer, exchange, outcome } = relayOf(script(...events));

      expect(await outcome).toMatchObject({ type: 'failed', error: { kind } });
      expect(answer).toMatchObject({ hasBegun: false, ending: undefined, violations: [] });
      expect(exchange.status).toBe(0);
    });

    it('by a broken connection leaves the client untouched', async () => {
      const { answer, outcome, vendor } = startedRelay();

      vendor.deliver(event('hello'));
      vendor.fail(broken());

      expect(await outcome).toMatchObject({ type: 'failed', error: { kind: 'upstream_silent' } });
      expect(answer.hasBegun).toBe(false);
    });

    it('ends the vendor’s stream', async () => {
      const { outcome, vendor } = startedRelay();

      vendor.deliver(Buffer.concat([event('error upstream_overloaded'), event('text a')]));

      await outcome;
      expect(vendor.isCancelled).toBe(true);
    });
  });

  describe('a failure after the content', () => {
    it('hands on the vendor’s own error event', async () => {
      const { answer, outcome } = relayOf(script('text a', 'error upstream_overloaded too much'));

      expect(await outcome).toMatchObject({ type: 'broken', error: { kind: 'upstream_overloaded' } });
      expect(answer.text).toBe(text('text a', 'error upstream_overloaded too much'));
      expect(answer).toMatchObject({ ending: 'complete', violations: [] });
    });

    it('says it in our words where the vendor’s repeat a secret', async () => {
      const { answer, outcome, vendor } = startedRelay();

      vendor.deliver(event('text a'));
      vendor.deliver(event('error upstream_overloaded for vendor-secret'));

      expect(await outcome).toMatchObject({ type: 'broken' });
      expect(answer.text).toBe(`${text('text a')}event: error\ndata: upstream_overloaded: for [redacted]\n\n`);
      expect(vendor.isCancelled).toBe(true);
    });

    it.each<[what: string, events: string[], kind: GatewayErrorKind]>([
      ['an end', ['text a'], 'upstream_truncated'],
      ['an observer that stumbles', ['text a', 'throw', 'text b'], 'upstream_invalid_response'],
    ])('by %s ends with an error event', async (_, events, kind) => {
      const { answer, outcome } = relayOf(script(...events));

      expect(await outcome).toMatchObject({ type: 'broken', error: { kind } });
      expect(answer.text).toMatch(new RegExp(`^data: text a\n\nevent: error\ndata: ${kind}: .+\n\n$`));
      expect(answer).toMatchObject({ ending: 'complete', violations: [] });
    });

    it('in the chunk of the last greeting that could be held ends with an error event', async () => {
      const greetings = Array.from({ length: 17 }, (_, index) => event(`hello ${index}`));
      const { answer, outcome } = relayOf(
        sourceOf([Buffer.concat([...greetings, event('error upstream_overloaded')])]),
      );

      expect(await outcome).toMatchObject({ type: 'broken' });
      expect(answer.text).toContain('upstream_overloaded');
      expect(answer).toMatchObject({ ending: 'complete', violations: [] });
    });

    it('by a broken connection ends with an error event', async () => {
      const { answer, outcome, vendor } = startedRelay();

      vendor.deliver(event('text a'));
      vendor.fail(broken());

      expect(await outcome).toMatchObject({ type: 'broken', error: { kind: 'upstream_silent' } });
      expect(answer.text).toBe(`${text('text a')}event: error\ndata: upstream_silent: silence\n\n`);
    });

    it('inside an event closes that event first', async () => {
      const { answer, outcome, vendor } = startedRelay();
      const beginning = `data: text ${'x'.repeat(70_000)}`;

      vendor.deliver(event('text a'));
      vendor.deliver(Buffer.from(beginning));
      vendor.fail(broken());

      await outcome;
      expect(answer.text).toBe(`${text('text a')}${beginning}\n\nevent: error\ndata: upstream_silent: silence\n\n`);
    });

    it('keeps the beginning of a broken event from the client', async () => {
      const { answer, outcome, vendor } = startedRelay();

      vendor.deliver(event('text a'));
      vendor.deliver(Buffer.from('data: text {"b'));
      vendor.fail(broken());

      await outcome;
      expect(answer.text).toBe(`${text('text a')}event: error\ndata: upstream_silent: silence\n\n`);
    });

    it('breaks the connection where the format stumbles over the error', async () => {
      const client = { ...scriptFormat.client, encodeStreamError: stumble };
      const format: PassThroughFormat = { ...scriptFormat, client };

      const { answer, outcome } = relayOf(script('text a', 'throw'), { format });

      expect(await outcome).toMatchObject({ type: 'broken', error: { kind: 'upstream_invalid_response' } });
      expect(answer.ending).toBe('destroyed');
    });
  });

  describe('stopped from outside', () => {
    const shutDown = () => new GatewayError({ kind: 'shutting_down', message: 'restart' });
    const clientGone = () => new GatewayError({ kind: 'client_closed', message: 'gone' });

    it('before the content says so to the loop only', async () => {
      const { answer, exchange, outcome, vendor } = startedRelay();

      vendor.deliver(event('hello'));
      exchange.interrupt(shutDown());

      expect(await outcome).toMatchObject({ type: 'interrupted', error: { kind: 'shutting_down' } });
      expect(answer.hasBegun).toBe(false);
      expect(vendor.isCancelled).toBe(true);
    });

    it('by a draining process ends with an error event', async () => {
      const { answer, exchange, outcome, vendor } = startedRelay();

      vendor.deliver(event('text a'));
      exchange.interrupt(shutDown());

      expect(await outcome).toMatchObject({ type: 'broken', error: { kind: 'shutting_down' } });
      expect(answer.text).toBe(`${text('text a')}event: error\ndata: shutting_down: restart\n\n`);
      expect(vendor.isCancelled).toBe(true);
    });

    it('by a client that left writes nothing more', async () => {
      const { answer, exchange, outcome, vendor } = startedRelay();
      answer.onAbandoned(() => exchange.interrupt(clientGone()));

      vendor.deliver(event('text a'));
      answer.abandon();
      vendor.deliver(event('text b'));

      expect(await outcome).toMatchObject({ type: 'broken', error: { kind: 'client_closed' } });
      expect(answer).toMatchObject({ text: text('text a'), violations: [] });
      expect(vendor.isCancelled).toBe(true);
    });

    it('before it was begun reads nothing', async () => {
      const vendor = new VendorStream();
      vendor.deliver(event('hello'));
      const { exchange, answer } = exchangeOf();
      exchange.interrupt(shutDown());

      const relay = new StreamRelay({
        exchange,
        reply: streamOf(vendor),
        observer: scriptFormat.observe.createStreamObserver(),
        hideUsage: false,
        headers: {},
        secrets: () => [],
      });

      expect(await relay.run()).toMatchObject({ type: 'interrupted' });
      expect(answer.hasBegun).toBe(false);
      expect(vendor.isCancelled).toBe(true);
    });

    it('after its end changes nothing', async () => {
      const { answer, exchange, outcome } = relayOf(script('text a', 'end'));

      await outcome;
      exchange.interrupt(shutDown());

      expect(answer).toMatchObject({ text: text('text a', 'end'), violations: [] });
    });
  });

  describe('a slow client', () => {
    it('pauses the vendor until it has read', async () => {
      const { answer, outcome, vendor } = startedRelay();
      answer.isFull = true;

      vendor.deliver(event('text a'));
      const wasPaused = vendor.isPaused;
      vendor.deliver(event('text b'));
      const written = answer.chunks.length;
      answer.drain();
      vendor.deliver(event('end'));
      vendor.finish();

      expect(await outcome).toEqual({ type: 'answered' });
      expect([wasPaused, written, vendor.isPaused]).toEqual([true, 1, false]);
      expect(answer.text).toBe(text('text a', 'text b', 'end'));
    });
  });

  it('fails without an answer where the head cannot be written', async () => {
    const { answer, exchange, outcome, vendor } = startedRelay();
    answer.headFault = new TypeError('bad header');

    vendor.deliver(event('text a'));

    expect(await outcome).toMatchObject({ type: 'failed', error: { kind: 'internal_error' } });
    expect(exchange.status).toBe(0);
    expect(vendor.isCancelled).toBe(true);
  });

  it('names the model as the client did where that is wanted', async () => {
    const { outcome, answer } = relayOf(script('text a', '{"model":"vendor-model","n":1}', 'end'), {
      echo: new ModelEcho('client-model', scriptFormat.observe.modelSpans!),
    });

    await outcome;

    expect(answer.text).toBe(text('text a', '{"model":"client-model","n":1}', 'end'));
  });
});

function stumble(): never {
  throw new TypeError('oops');
}
