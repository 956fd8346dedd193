import { GatewayError, type GatewayErrorKind } from '@sluice/core';
import { compose, sourceOf, type PushSource } from '@sluice/streaming';
import { exchangeOf } from './__fixtures__/exchange-of.js';
import { event } from './__fixtures__/script-format.js';
import { streamOf } from './__fixtures__/scripted-provider.js';
import { CONTEXT, message, REQUEST, SpokenClient, SpokenDecoder } from './__fixtures__/spoken-format.js';
import { VendorStream } from './__fixtures__/vendor-stream.js';
import { collectTranslatedStream } from './collect-translated-stream.js';
import { frameDecoder } from './frame-decoder.js';
import { answerWith } from './translated-body.js';

interface Options {
  readonly framing?: 'sse' | 'aws-event-stream';
  readonly client?: SpokenClient;
  readonly setsAside?: boolean;
  readonly prepare?: (world: ReturnType<typeof exchangeOf>) => void;
}

function collected(body: PushSource<Buffer>, options: Options = {}) {
  const { framing = 'sse', client = new SpokenClient(), setsAside = false, prepare = () => undefined } = options;
  const world = exchangeOf();
  prepare(world);
  const { exchange } = world;
  const reply = streamOf(body);
  const answer = { exchange, reply, headers: {}, client, context: CONTEXT, request: REQUEST };
  const outcome = collectTranslatedStream({
    exchange,
    reply,
    decoder: compose(frameDecoder(framing), new SpokenDecoder()),
    deliver: (response) => (setsAside ? undefined : answerWith(response, answer)),
  });
  return { ...world, outcome };
}

const GOOD = ['start', 'open', 'text a', 'text b', 'close', 'usage 4', 'end'] as const;
const ANSWER = '{"content":[{"type":"text","text":"ab"}],"finishReason":{"unified":"stop"}}';
const script = (...lines: readonly string[]) => sourceOf(lines.map(event));
const silent = () => new GatewayError({ kind: 'upstream_silent', message: 'silence' });
const shutDown = () => new GatewayError({ kind: 'shutting_down', message: 'restart' });

describe('collectTranslatedStream', () => {
  it.each([
    ['sse', sourceOf(GOOD.map(event))],
    ['aws-event-stream', sourceOf(GOOD.map(message))],
  ] as const)('makes one answer of a stream in %s', async (framing, source) => {
    const { answer, exchange, outcome } = collected(source, { framing });

    expect(await outcome).toEqual({ type: 'answered' });
    expect(answer).toMatchObject({ status: 200, text: ANSWER, ending: 'complete', violations: [] });
    expect(exchange).toMatchObject({ status: 200, usage: { output: 4 }, finishReason: { unified: 'stop' } });
  });

  it('answers at the vendor’s last event, and ends with the vendor’s connection', async () => {
    const vendor = new VendorStream();
    const { answer, outcome } = collected(vendor);

    vendor.deliver(Buffer.concat(GOOD.map(event)));
    const isAnswered = answer.isClosed;
    vendor.fail(silent());

    expect(isAnswered).toBe(true);
    expect(await outcome).toEqual({ type: 'answered' });
    expect(answer.violations).toEqual([]);
  });

  it('leaves the client alone where the answer is set aside', async () => {
    const { answer, exchange, outcome } = collected(script(...GOOD), { setsAside: true });

    expect(await outcome).toBeUndefined();
    expect(answer.hasBegun).toBe(false);
    expect(exchange.usage).toMatchObject({ output: 4 });
  });

  it.each<[what: string, lines: string[], kind: GatewayErrorKind]>([
    ['the vendor’s error', ['start', 'open', 'text a', 'usage 4', 'error upstream_overloaded'], 'upstream_overloaded'],
    ['an end', ['start', 'open', 'text a'], 'upstream_truncated'],
    ['an end without any event', [], 'upstream_truncated'],
    ['a decoder that stumbles', ['start', 'open', 'text a', 'throw', 'end'], 'upstream_invalid_response'],
  ])('leaves the client untouched by %s', async (_, lines, kind) => {
    const { answer, exchange, outcome } = collected(script(...lines));

    expect(await outcome).toMatchObject({ type: 'failed', error: { kind } });
    expect(answer.hasBegun).toBe(false);
    expect(exchange.status).toBe(0);
  });

  it('reads nothing behind the vendor’s error', async () => {
    const vendor = new VendorStream();
    const { outcome } = collected(vendor);

    vendor.deliver(event('error upstream_overloaded'));

    expect(await outcome).toMatchObject({ type: 'failed' });
    expect(vendor.isCancelled).toBe(true);
  });

  it('fails with the connection', async () => {
    const vendor = new VendorStream();
    const { outcome } = collected(vendor);

    vendor.deliver(event('start'));
    vendor.fail(silent());

    expect(await outcome).toMatchObject({ type: 'failed', error: { kind: 'upstream_silent' } });
  });

  it('ends with the exchange', async () => {
    const vendor = new VendorStream();
    const { answer, exchange, outcome } = collected(vendor);

    vendor.deliver(event('start'));
    exchange.interrupt(shutDown());

    expect(await outcome).toMatchObject({ type: 'interrupted', error: { kind: 'shutting_down' } });
    expect(answer.hasBegun).toBe(false);
    expect(vendor.isCancelled).toBe(true);
  });

  it('reads nothing for an exchange that is over', async () => {
    const { answer, outcome } = collected(script(...GOOD), {
      prepare: ({ exchange }) => exchange.interrupt(shutDown()),
    });

    expect(await outcome).toMatchObject({ type: 'interrupted' });
    expect(answer.hasBegun).toBe(false);
  });

  it('rejects for a defect of ours', async () => {
    const client = new SpokenClient();
    client.client.translation.encodeResponse = () => {
      throw new TypeError('the encoder stumbled');
    };

    const { answer, exchange, outcome } = collected(script(...GOOD), { client });

    await expect(outcome).rejects.toThrow('the encoder stumbled');
    expect(answer.hasBegun).toBe(false);
    expect(exchange.status).toBe(0);
  });
});
