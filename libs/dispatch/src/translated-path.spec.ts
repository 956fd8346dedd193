import { GatewayError, type TranslationWarning } from '@sluice/core';
import { sourceOf } from '@sluice/streaming';
import { event } from './__fixtures__/script-format.js';
import { answers, reply, streams, type Turn } from './__fixtures__/scripted-provider.js';
import { message, spokenUpstream } from './__fixtures__/spoken-format.js';
import { translatedWorld } from './__fixtures__/translated-world.js';

const GOOD = ['start', 'open', 'text a', 'close', 'end'] as const;
const WHOLE = {
  id: 'r',
  model: 'm',
  content: [{ type: 'text', text: 'a' }],
  finishReason: { unified: 'stop' },
  usage: { output: 4, source: 'upstream' },
};
const DOCUMENT = '{"content":[{"type":"text","text":"a"}],"finishReason":{"unified":"stop"}}';
const EVENTS = ['response-start', 'block-start', 'block-delta a', 'block-end', 'response-end'];
const text = (...data: readonly string[]) => Buffer.concat(data.map(event)).toString();

const warning = (index: number): TranslationWarning => ({
  path: `/${index}`,
  effect: 'dropped',
  message: 'not sayable',
});
const warnings = (count: number) => Array.from({ length: count }, (_, index) => warning(index));

describe('translatedPath', () => {
  describe('the request', () => {
    it('goes out in the vendor’s words and under the vendor’s name of the model', async () => {
      const world = translatedWorld([streams(...GOOD)]);

      await world.finished();

      expect(world.vendor.calls).toMatchObject([
        { format: 'spoken', model: 'vendor-model', body: Buffer.from('say vendor-model') },
      ]);
      expect(world.upstream.encoded).toMatchObject([
        {
          request: { model: 'vendor-model', stream: true },
          context: { requestId: 'req_1', requestedModel: 'client-model', upstreamModel: 'vendor-model' },
        },
      ]);
    });

    it('is decoded once, however many accounts are asked', async () => {
      const world = translatedWorld([streams('error upstream_rate_limited'), streams(...GOOD)]);

      await world.finished();

      expect(world.vendor.asked).toEqual(['a', 'b']);
      expect(world.client.decoded).toHaveLength(1);
      expect(world.upstream.encoded).toHaveLength(2);
    });

    it('that the vendor’s format cannot say is the client’s fault, and no account’s', async () => {
      const world = translatedWorld([streams(...GOOD)]);
      world.upstream.refusal = new GatewayError({ kind: 'invalid_request', message: 'no such tool' });

      const gaveUp = await world.finished();

      expect(gaveUp?.error).toMatchObject({ kind: 'invalid_request', status: 400, message: 'no such tool' });
      expect(world.listener.failedAttempts).toMatchObject([{ failure: { blame: 'request', action: 'stop' } }]);
      expect(world.vendor.calls).toEqual([]);
      expect(world.pool.open).toBe(0);
    });
  });

  describe('warnings', () => {
    it('are counted for the client, and listed for the operator up to a limit', async () => {
      const world = translatedWorld([streams(...GOOD)]);
      world.upstream.warnings = warnings(21);

      await world.finished();

      expect(world.answer.headers).toMatchObject({ 'x-sluice-warnings': '21' });
      expect(world.exchange.warnings).toBe(21);
      expect(world.logger.infos).toEqual([
        { requestId: 'req_1', account: 'a', upstreamFormat: 'spoken', count: 21, warnings: warnings(20) },
      ]);
    });

    it('are not mentioned where there are none', async () => {
      const world = translatedWorld([streams(...GOOD)]);

      await world.finished();

      expect(world.answer.headers).not.toHaveProperty('x-sluice-warnings');
      expect(world.logger.infos).toEqual([]);
    });

    it('of an attempt that failed are forgotten by one that passes through', async () => {
      const fails: Turn = streams('error upstream_rate_limited');
      const world = translatedWorld([fails, answers({ text: 'well' })]);
      world.upstream.warnings = warnings(1);
      world.vendor.formats = () => (world.vendor.calls.length === 0 ? ['spoken'] : ['script']);

      await world.finished();

      expect(world.exchange).toMatchObject({ attempts: 2, warnings: 0 });
    });
  });

  describe('the answer', () => {
    it.each<[what: string, stream: boolean, turn: Turn, expected: string, contentType: string]>([
      ['a stream for a stream', true, streams(...GOOD), text(...EVENTS), 'text/event-stream; charset=utf-8'],
      ['a stream for JSON', false, streams(...GOOD), DOCUMENT, 'application/json'],
      ['JSON for JSON', false, answers(WHOLE), DOCUMENT, 'application/json'],
      [
        'JSON for a stream',
        true,
        answers(WHOLE),
        text('response-start', 'block-start', 'block-delta a', 'block-end', 'usage', 'response-end'),
        'text/event-stream; charset=utf-8',
      ],
    ])('may be %s', async (_what, stream, turn, expected, contentType) => {
      const world = translatedWorld([turn], { stream });

      expect(await world.finished()).toBeUndefined();
      expect(world.answer).toMatchObject({ text: expected, ending: 'complete', violations: [] });
      expect(world.answer.headers).toMatchObject({ 'content-type': contentType });
      expect(world.exchange).toMatchObject({ ending: 'completed', status: 200 });
    });

    it.each([
      [true, text(...EVENTS)],
      [false, DOCUMENT],
    ])('may be framed in binary, whose content type stays here (stream: %s)', async (stream, expected) => {
      const headers = { 'content-type': 'application/vnd.amazon.eventstream', 'x-ratelimit-remaining': '1' };
      const turn: Turn = () => reply(200, headers, sourceOf(GOOD.map(message)));
      const world = translatedWorld([turn], { stream, upstream: spokenUpstream('aws-event-stream') });

      await world.finished();

      expect(world.answer.text).toBe(expected);
      expect(world.answer.headers).toMatchObject({ 'x-ratelimit-remaining': '1' });
      expect(world.answer.headers['content-type']).not.toContain('amazon');
    });

    it('of the next account forgets what a stream that failed had reported', async () => {
      const world = translatedWorld([streams('start', 'usage 7', 'error upstream_rate_limited'), streams(...GOOD)]);

      await world.finished();

      expect(world.exchange).toMatchObject({ ending: 'completed', attempts: 2, usage: undefined });
      expect(world.answer).toMatchObject({ text: text(...EVENTS), violations: [] });
    });

    it('that is no JSON goes to the next account', async () => {
      const html: Turn = () => reply(200, { 'content-type': 'text/html' }, sourceOf([Buffer.from('<html>')]));
      const world = translatedWorld([html, streams(...GOOD)]);

      await world.finished();

      expect(world.listener.failedAttempts).toMatchObject([
        { accountId: 'a', failure: { error: { kind: 'upstream_invalid_response' } } },
      ]);
      expect(world.answer.text).toBe(text(...EVENTS));
    });

    it('that breaks after its beginning repeats no credential, and nobody else is asked', async () => {
      const turn: Turn = (call) =>
        streams('start', 'open', 'text a', `error upstream_error for ${call.credential.secret}`)(call);
      const world = translatedWorld([turn]);

      await world.finished();

      expect(world.answer.text).toContain('response-error upstream_error for [redacted]');
      expect(world.exchange).toMatchObject({ ending: 'broken', attempts: 1, error: { message: 'for [redacted]' } });
    });
  });
});
