import { readFileSync } from 'node:fs';
import Anthropic from '@anthropic-ai/sdk';
import type { JsonObject, WireFrame } from '@sluice/core';
import { SseParser } from '@sluice/streaming';
import { BYTE_CUTS, loadRecordings, missingRecordingsNotice } from '@sluice/testing';
import type { Observation } from '@sluice/translator-kit';
import { AnthropicStreamObserver } from './stream-observer.js';

const fixture = (name: string): Buffer => readFileSync(new URL(`./__fixtures__/streams/${name}.sse`, import.meta.url));

/** What is observed at each event of a stream, by the event's position. */
function observeEach(chunks: readonly Buffer[]): (readonly Observation[])[] {
  const parser = new SseParser();
  const observer = new AnthropicStreamObserver();
  const perFrame: Observation[][] = [];
  const onFrame = (frame: WireFrame): void => {
    const observations: Observation[] = [];
    observer.push(frame, (observation) => observations.push(observation));
    perFrame.push(observations);
  };
  for (const chunk of chunks) parser.push(chunk, onFrame);
  parser.finish(onFrame);
  observer.finish();
  return perFrame;
}

const observe = (sse: Buffer): Observation[] => observeEach([sse]).flat();
const ofType = <T extends Observation['type']>(observations: readonly Observation[], type: T) =>
  observations.filter((observation): observation is Extract<Observation, { type: T }> => observation.type === type);
const eventOf = (event: JsonObject): Buffer =>
  Buffer.from(`event: ${String(event['type'])}\ndata: ${JSON.stringify(event)}\n\n`);

/** The same stream as the vendor's own client reads it. */
async function readWithSdk(sse: Buffer): Promise<Anthropic.Message> {
  const fetch = async () =>
    new Response(new Uint8Array(sse), { status: 200, headers: { 'content-type': 'text/event-stream' } });
  const client = new Anthropic({ apiKey: 'test', maxRetries: 0, fetch });
  return client.messages.stream({ model: 'm', max_tokens: 1, messages: [] }).finalMessage();
}

const notice = missingRecordingsNotice();
if (notice !== undefined) console.info(notice);

describe('AnthropicStreamObserver', () => {
  it('agrees with the official client on every recording that ends well', async () => {
    const recordings = loadRecordings('anthropic-messages').filter(
      ({ mode, features }) => mode === 'stream' && !features.includes('error'),
    );
    for (const { id, body } of recordings) {
      const message = await readWithSdk(body);

      const observations = observe(body);

      const usage = ofType(observations, 'usage').at(-1)?.usage;
      expect({ id, usage }).toMatchObject({
        id,
        usage: {
          input:
            message.usage.input_tokens +
            (message.usage.cache_read_input_tokens ?? 0) +
            (message.usage.cache_creation_input_tokens ?? 0),
          output: message.usage.output_tokens,
          source: 'upstream',
        },
      });
      expect({ id, finishes: ofType(observations, 'finish').map(({ finishReason }) => finishReason.raw) }).toEqual({
        id,
        finishes: [message.stop_reason],
      });
      expect({ id, content: ofType(observations, 'content').length }).toEqual({
        id,
        content: Math.min(1, message.content.length),
      });
      expect({ id, last: observations.at(-1)?.type }).toEqual({ id, last: 'end' });
    }
  });

  it.each(BYTE_CUTS)('observes the same however the bytes are cut (%s)', (_, cut) => {
    for (const name of ['cache-usage', 'thinking-estimates', 'error-before-content']) {
      expect(observeEach(cut(fixture(name)))).toEqual(observeEach([fixture(name)]));
    }
  });

  describe('content', () => {
    it('begins with the first event that brings something, once', () => {
      const perFrame = observeEach([fixture('thinking-estimates')]).map((each) => each.map(({ type }) => type));

      expect(perFrame).toEqual([['usage'], [], [], [], ['content'], [], ['usage', 'finish'], ['end']]);
    });

    it.each([
      ['a tool call', { type: 'tool_use', id: 't', name: 'f', input: {} }],
      ['redacted thinking', { type: 'redacted_thinking', data: 'x' }],
      ['a result that arrives whole', { type: 'web_search_tool_result', tool_use_id: 't', content: [] }],
      ['text that is there at once', { type: 'text', text: 'x' }],
    ])('is %s', (_, content_block) => {
      expect(observe(eventOf({ type: 'content_block_start', index: 0, content_block }))).toEqual([{ type: 'content' }]);
    });

    it.each([
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: '' } },
      { type: 'content_block_delta', index: 0 },
      { type: 'ping' },
      { type: 'yet_to_be_invented', delta: { text: 'x' } },
    ])('is not %j', (event) => {
      expect(observe(eventOf(event))).toEqual([]);
    });
  });

  it('is told the same by streams without event lines', () => {
    const perFrame = observeEach([fixture('no-event-lines')]).map((each) => each.map(({ type }) => type));

    expect(perFrame).toEqual([['usage'], [], [], ['content'], [], [], ['usage', 'finish'], ['end']]);
  });

  it('reads usage that grows, with its cache split, and the stop sequence', () => {
    const observations = observe(fixture('cache-usage'));

    expect(ofType(observations, 'usage').map(({ usage }) => usage)).toMatchObject([
      { input: 2157, output: 1, cacheRead: 20, cacheWrite5m: 40, cacheWrite1h: 60, source: 'upstream' },
      { input: 15785, output: 600, cacheRead: 20, cacheWrite5m: 40, cacheWrite1h: 60, source: 'upstream' },
    ]);
    expect(ofType(observations, 'finish')).toEqual([
      { type: 'finish', finishReason: { unified: 'stop', raw: 'stop_sequence', stopSequence: '###' } },
    ]);
  });

  it('tells one finish and ignores everything after the end', () => {
    const observations = observe(fixture('after-stop'));

    expect(ofType(observations, 'finish').map(({ finishReason }) => finishReason.unified)).toEqual(['tool-calls']);
    expect(ofType(observations, 'usage').map(({ usage }) => usage.output)).toEqual([1, 4, 5]);
    expect(observations.at(-1)).toEqual({ type: 'end' });
  });

  it.each([
    [3, { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'abc' } }],
    [4, { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'abcd' } }],
    [5, { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '[1,2]' } }],
    [0, { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'c2ln' } }],
    [0, { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }],
  ])('counts %d characters of %j', (chars, event) => {
    const observer = new AnthropicStreamObserver();

    observer.push({ kind: 'sse', data: JSON.stringify(event) }, () => {});
    observer.push({ kind: 'sse', data: JSON.stringify(event) }, () => {});

    expect(observer.contentChars).toBe(2 * chars);
  });

  it("skips the end of another format's framing", () => {
    expect(observe(Buffer.from('data: [DONE]\n\n'))).toEqual([]);
  });

  describe('error', () => {
    it('ends the stream before its content', () => {
      const observations = observe(fixture('error-before-content'));

      expect(observations.map(({ type }) => type)).toEqual(['usage', 'error']);
      expect(ofType(observations, 'error')[0]?.error).toMatchObject({
        kind: 'upstream_overloaded',
        message: 'Overloaded',
        upstream: { status: 529, type: 'overloaded_error' },
      });
    });

    it('is found in the recorded failure after content', () => {
      const recordings = loadRecordings('anthropic-messages').filter(
        ({ mode, features }) => mode === 'stream' && features.includes('error'),
      );

      const observed = recordings.map(({ body }) => observe(body).at(-1));

      expect(observed).toMatchObject(recordings.map(() => ({ type: 'error', error: { kind: 'upstream_overloaded' } })));
    });

    it.each(['<html>', '[1]', '{"type":'])('is an answer that is no event: %j', (data) => {
      expect(observe(Buffer.from(`data: ${data}\n\n`))).toMatchObject([
        { type: 'error', error: { kind: 'upstream_invalid_response' } },
      ]);
    });
  });
});
