import { GatewayError } from '@sluice/core';
import { Cancellation, ChunkSource, sourceOf, type PushSource } from '@sluice/streaming';
import { exchangeOf, type ExchangeOptions } from './__fixtures__/exchange-of.js';
import { scriptFormat } from './__fixtures__/script-format.js';
import { reply } from './__fixtures__/scripted-provider.js';
import { collectAnswer, MAX_ANSWER_BYTES, outcomeOfFailure, relayBody } from './body-relay.js';
import { ModelEcho } from './model-echo.js';

function relayed(body: PushSource<Buffer>, options: ExchangeOptions = {}) {
  const world = exchangeOf(options);
  const { exchange } = world;
  const outcome = relayBody({
    exchange,
    reply: reply(201, {}, body),
    observer: scriptFormat.observe,
    headers: { 'x-a': '1' },
    echo: ModelEcho.of(exchange, scriptFormat.observe),
  });
  return { ...world, outcome };
}

const bodyOf = (...chunks: readonly string[]) => sourceOf(chunks.map((chunk) => Buffer.from(chunk)));

describe('relayBody', () => {
  it('answers with the vendor’s bytes, once they are all there', async () => {
    const { answer, exchange, outcome } = relayed(bodyOf('{"usage":', ' 3, "n":1.0}'));

    expect(await outcome).toEqual({ type: 'answered' });
    expect(answer).toMatchObject({
      status: 201,
      headers: { 'x-a': '1' },
      text: '{"usage": 3, "n":1.0}',
      ending: 'complete',
      violations: [],
    });
    expect(exchange).toMatchObject({ status: 201, usage: { output: 3 }, finishReason: { unified: 'stop' } });
  });

  it.each(['{"error":"upstream_overloaded"}', '<html>', ''])('leaves the client untouched by %j', async (text) => {
    const { answer, exchange, outcome } = relayed(bodyOf(text));

    expect(await outcome).toMatchObject({ type: 'failed' });
    expect(answer.hasBegun).toBe(false);
    expect(exchange.status).toBe(0);
  });

  it('is no answer for a client that waits for a stream and has its head', async () => {
    const { answer, exchange, outcome } = relayed(bodyOf('{"usage": 3}'));
    exchange.facts = { model: 'client-model', stream: true };
    answer.keepAwake({ headers: () => ({}), text: ': keep-alive\n\n' });

    expect(await outcome).toMatchObject({ type: 'failed', error: { kind: 'upstream_invalid_response' } });
    expect(answer.text).toBe(': keep-alive\n\n');
  });

  it('calls a body over which its observer stumbles an invalid answer, and keeps the cause', async () => {
    const { outcome } = relayed(bodyOf('no json'));

    expect(await outcome).toMatchObject({
      type: 'failed',
      error: { kind: 'upstream_invalid_response', cause: expect.any(SyntaxError) },
    });
  });

  it('fails with the connection', async () => {
    const source = new ChunkSource<Buffer>();
    const { outcome } = relayed(source);

    source.fail(new GatewayError({ kind: 'upstream_truncated', message: 'cut' }));

    expect(await outcome).toMatchObject({ type: 'failed', error: { message: 'cut' } });
  });

  it('ends with the exchange', async () => {
    const { answer, exchange, outcome } = relayed(new ChunkSource<Buffer>());

    exchange.interrupt(new GatewayError({ kind: 'client_closed', message: 'gone' }));

    expect(await outcome).toMatchObject({ type: 'interrupted', error: { kind: 'client_closed' } });
    expect(answer.hasBegun).toBe(false);
  });

  it.each([
    [true, '{"model":"client-model","n":1.0}'],
    [false, '{"model":"vendor-model","n":1.0}'],
  ])('with echoModel %s answers %s', async (echoModel, text) => {
    const { answer, outcome } = relayed(bodyOf('{"model":"vendor-model","n":1.0}'), { settings: { echoModel } });

    await outcome;

    expect(answer.text).toBe(text);
  });
});

describe('collectAnswer', () => {
  it('gives up an answer that is too large to hold', async () => {
    const half = Buffer.alloc(MAX_ANSWER_BYTES / 2 + 1);

    const collecting = collectAnswer(reply(200, {}, sourceOf([half, half])), new Cancellation());

    await expect(collecting).rejects.toMatchObject({
      kind: 'upstream_invalid_response',
      message: "The vendor's answer is larger than 134217728 bytes. Ask for less, or stream the answer.",
    });
  });
});

describe('outcomeOfFailure', () => {
  const error = new GatewayError({ kind: 'upstream_silent', message: 'silence' });
  const reason = new GatewayError({ kind: 'client_closed', message: 'gone' });

  it('tells a failed call from one that was stopped', () => {
    const stopped = new Cancellation();
    stopped.cancel(reason);

    expect(outcomeOfFailure(error, new Cancellation())).toEqual({ type: 'failed', error });
    expect(outcomeOfFailure(new Error('aborted'), stopped)).toEqual({ type: 'interrupted', error: reason });
  });

  it('does not blame a vendor for a defect of ours', () => {
    const defect = new TypeError('x is not a function');

    expect(() => outcomeOfFailure(defect, new Cancellation())).toThrow(defect);
  });
});
