import { readFileSync } from 'node:fs';
import type { WireFrame } from '@sluice/core';
import { SseParser } from '@sluice/streaming';
import { BYTE_CUTS, loadRecordings, missingRecordingsNotice } from '@sluice/testing';
import type { Observation } from '@sluice/translator-kit';
import OpenAI from 'openai';
import { ChatStreamObserver } from './stream-observer.js';

const fixture = (name: string): Buffer => readFileSync(new URL(`./__fixtures__/streams/${name}.sse`, import.meta.url));

/** What is observed at each event of a stream, by the event's position. */
function observeEach(chunks: readonly Buffer[]): (readonly Observation[])[] {
  const parser = new SseParser();
  const observer = new ChatStreamObserver();
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
const sseOf = (...data: readonly string[]): Buffer => Buffer.from(data.map((line) => `data: ${line}\n\n`).join(''));

/** The same stream as the vendor's own client reads it. */
async function readWithSdk(sse: Buffer): Promise<OpenAI.ChatCompletionChunk[]> {
  const fetch = async () =>
    new Response(new Uint8Array(sse), { status: 200, headers: { 'content-type': 'text/event-stream' } });
  const client = new OpenAI({ apiKey: 'test', maxRetries: 0, fetch });
  const stream = await client.chat.completions.create({ model: 'm', messages: [], stream: true });
  const chunks: OpenAI.ChatCompletionChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

const notice = missingRecordingsNotice();
if (notice !== undefined) console.info(notice);

describe('ChatStreamObserver', () => {
  it('agrees with the official client on every recording', async () => {
    for (const { id, body } of loadRecordings('openai-chat').filter(({ mode }) => mode === 'stream')) {
      const chunks = await readWithSdk(body);
      const reported = chunks.map(({ usage }) => usage).findLast((usage) => usage);
      const finishReason = chunks.map(({ choices }) => choices[0]?.finish_reason).findLast((reason) => reason);

      const observations = observe(body);

      const usage = ofType(observations, 'usage').at(-1)?.usage;
      expect({ id, usage: usage?.raw, input: usage?.input }).toEqual({
        id,
        usage: reported,
        input: reported?.prompt_tokens,
      });
      // every recording counts reasoning into the total, whether or not its vendor counts it into completion_tokens
      expect({ id, output: usage?.output }).toEqual({
        id,
        output: reported && reported.total_tokens - reported.prompt_tokens,
      });
      expect(usage?.cacheRead).toBe(reported?.prompt_tokens_details?.cached_tokens);
      expect(usage?.reasoning).toBe(reported?.completion_tokens_details?.reasoning_tokens);
      expect({ id, finishes: ofType(observations, 'finish').map(({ finishReason: { raw } }) => raw) }).toEqual({
        id,
        finishes: [finishReason],
      });
      expect({ id, last: observations.at(-1)?.type }).toEqual({ id, last: 'end' });
      expect({ id, errors: ofType(observations, 'error') }).toEqual({ id, errors: [] });
    }
  });

  it.each(BYTE_CUTS)('observes the same however the bytes are cut (%s)', (_, cut) => {
    for (const name of ['handshake', 'parallel-choices', 'error-in-choice']) {
      expect(observeEach(cut(fixture(name)))).toEqual(observeEach([fixture(name)]));
    }
  });

  describe('content', () => {
    it('begins with the first frame that brings something, once', () => {
      const perFrame = observeEach([fixture('handshake')]).map((observations) => observations.map(({ type }) => type));

      expect(perFrame).toEqual([[], [], [], ['content'], [], [], [], ['finish'], ['end']]);
    });

    it.each([
      ['text', { content: 'x' }],
      ['a list of parts', { content: [{ type: 'text', text: 'x' }] }],
      ['reasoning', { reasoning: 'x' }],
      ['reasoning_content', { reasoning_content: 'x' }],
      ['reasoning_details', { reasoning_details: [{ type: 'reasoning.encrypted', data: 'x' }] }],
      ['a refusal', { refusal: 'x' }],
      ['a tool call', { tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: '' } }] }],
      ['a legacy function call', { function_call: { name: 'f', arguments: '' } }],
      ['audio', { audio: { id: 'a' } }],
      ['something new', { hologram: 'x' }],
    ])('is %s', (_, delta) => {
      const chunk = { choices: [{ index: 0, delta: { role: 'assistant', ...delta }, finish_reason: null }] };

      expect(observe(sseOf(JSON.stringify(chunk)))).toEqual([{ type: 'content' }]);
    });

    it('is the text of a legacy completion', () => {
      expect(observe(sseOf('{"object":"text_completion","choices":[{"index":0,"text":"x"}]}'))).toEqual([
        { type: 'content' },
      ]);
    });
  });

  describe('usage', () => {
    it.each([
      ['a usage chunk of its own', '{"id":"c","choices":[],"usage":{"prompt_tokens":1},"obfuscation":"xx"}', true],
      ['one without choices at all', '{"id":"c","usage":{"prompt_tokens":1}}', true],
      ['one beside a choice', '{"choices":[{"index":0,"delta":{}}],"usage":{"prompt_tokens":1}}', false],
      ['one beside citations', '{"choices":[],"usage":{"prompt_tokens":1},"citations":["https://a.example"]}', false],
      ['one beside empty extras', '{"choices":[],"usage":{"prompt_tokens":1},"citations":[]}', true],
    ])('knows whether %s can be hidden', (_, data, standalone) => {
      expect(ofType(observe(sseOf(data)), 'usage').map((observation) => observation.standalone)).toEqual([standalone]);
    });

    it('is emitted whenever the vendor tells it again', () => {
      const usages = ofType(observe(fixture('usage-on-every-chunk')), 'usage').map(({ usage }) => usage.output);

      expect(usages).toEqual([1, 2, 2]);
    });

    it.each([
      ["Groq's bag", '{"choices":[{"index":0,"delta":{}}],"x_groq":{"usage":{"prompt_tokens":4}}}'],
      ["Moonshot's choice", '{"choices":[{"index":0,"delta":{},"usage":{"prompt_tokens":4}}]}'],
    ])('is found in %s', (_, data) => {
      expect(ofType(observe(sseOf(data)), 'usage').map(({ usage }) => usage.input)).toEqual([4]);
    });

    it('is found after content has begun, spaces or not', () => {
      const content = '{"choices":[{"index":0,"delta":{"content":"x"}}]}';

      const observations = observe(sseOf(content, '{"choices": [], "usage" : {"prompt_tokens": 4}}'));

      expect(observations.map(({ type }) => type)).toEqual(['content', 'usage']);
    });
  });

  describe('finish', () => {
    it('waits for every choice, also for one that begins late', () => {
      const perFrame = observeEach([fixture('parallel-choices')]).map((each) => each.map(({ type }) => type));

      expect(perFrame).toEqual([[], ['content'], [], [], [], [], ['finish'], ['usage'], ['end']]);
    });

    it('is missing when the stream breaks off', () => {
      expect(observe(fixture('truncated'))).toEqual([{ type: 'content' }]);
    });
  });

  it.each([
    [3, { choices: [{ index: 0, delta: { role: 'assistant', content: 'abc' } }] }],
    [4, { choices: [{ index: 0, delta: { content: null, reasoning_content: 'abcd' } }] }],
    [5, { choices: [{ index: 0, delta: { tool_calls: [{ index: 0, function: { arguments: '[1,2]' } }] } }] }],
    [0, { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], obfuscation: 'abcdefgh' }],
  ])('counts %d characters of %j', (chars, event) => {
    const observer = new ChatStreamObserver();

    observer.push({ kind: 'sse', data: JSON.stringify(event) }, () => {});
    observer.push({ kind: 'sse', data: JSON.stringify(event) }, () => {});

    expect(observer.contentChars).toBe(2 * chars);
  });

  it('ignores everything after [DONE]', () => {
    expect(observe(fixture('after-done')).map(({ type }) => type)).toEqual(['content', 'finish', 'end']);
  });

  describe('error', () => {
    it.each([
      ['error-midstream', 'upstream_overloaded', 503, 'The server is overloaded.'],
      ['error-in-choice', 'upstream_rate_limited', 429, 'Rate limit of the provider'],
    ])('is the last word of %s', (name, kind, status, message) => {
      const observations = observe(fixture(name));

      expect(observations.map(({ type }) => type)).toEqual(['content', 'error']);
      expect(ofType(observations, 'error')[0]?.error).toMatchObject({ kind, message, upstream: { status } });
    });

    it.each([
      ['an error sentence', '{"error":"boom"}', 'upstream_error', 'boom'],
      ["vLLM's shape", '{"object":"error","message":"bad","code":400}', 'upstream_invalid_request', 'bad'],
    ])('is read from %s', (_, data, kind, message) => {
      expect(observe(sseOf(data))).toMatchObject([{ type: 'error', error: { kind, message } }]);
    });

    it('is what an event named error holds, whatever its shape', () => {
      expect(observe(Buffer.from('event: error\ndata: {"message":"boom"}\n\n'))).toMatchObject([
        { type: 'error', error: { kind: 'upstream_error', message: 'boom' } },
      ]);
    });

    it.each(['{"choices":[{"index":0,"delta":{"content":"cut', '{"choices":[{"index":0,"delta":{', '{'])(
      'is a chunk that breaks off after content: %j',
      (data) => {
        const content = '{"choices":[{"index":0,"delta":{"content":"x"}}]}';

        expect(observe(sseOf(content, data))).toMatchObject([
          { type: 'content' },
          { type: 'error', error: { kind: 'upstream_invalid_response' } },
        ]);
      },
    );

    it('is not seen in a chunk with a blank behind it', () => {
      const content = '{"choices":[{"index":0,"delta":{"content":"x"}}]}';

      expect(observe(sseOf(content, `${content} `))).toEqual([{ type: 'content' }]);
    });

    it.each(['<html>', 'nonsense', '[1]', '{"choices":['])('is an answer that is no chunk: %j', (data) => {
      expect(observe(sseOf(data))).toMatchObject([{ type: 'error', error: { kind: 'upstream_invalid_response' } }]);
    });
  });
});
