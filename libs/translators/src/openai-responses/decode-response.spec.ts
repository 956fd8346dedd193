import { readFileSync } from 'node:fs';
import type { CanonicalRequest, CanonicalResponse, JsonObject } from '@sluice/core';
import { accumulateResponse, type TranslationContext } from '@sluice/translator-kit';
import { SseParser } from '@sluice/streaming';
import { loadRecordings } from '@sluice/testing';
import { decodeResponse } from './decode-response.js';
import { ResponsesStreamDecoder } from './stream-decoder.js';

const REQUEST: CanonicalRequest = { model: 'm', stream: false, messages: [], tools: [], sampling: {} };
const CONTEXT: TranslationContext = {
  requestId: 'r-1',
  createdAtSeconds: 1,
  requestedModel: 'asked-for',
  upstreamModel: 'vendor-model',
  dialect: {},
};

const fixture = (name: string): Buffer => readFileSync(new URL(`./__fixtures__/responses/${name}`, import.meta.url));
const decode = (body: Buffer | JsonObject): CanonicalResponse =>
  decodeResponse(Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)), CONTEXT, REQUEST);

describe('decodeResponse', () => {
  it('reads every kind of item', () => {
    expect(decode(fixture('everything.json'))).toMatchObject({
      id: 'resp_own_1',
      model: 'gpt-5.1',
      finishReason: { unified: 'tool-calls', raw: 'completed' },
      usage: { input: 30, output: 20, cacheRead: 10, cacheWrite5m: 4, reasoning: 12 },
      content: [
        { type: 'reasoning', text: 'First.\n\nSecond.', signature: { family: 'openai', model: 'gpt-5.1' } },
        { type: 'server-tool', id: 'ws_1', tool: 'web_search' },
        { type: 'text', text: 'Hei på deg', citations: [{ url: 'https://a.example' }] },
        { type: 'text', text: '!' },
        { type: 'refusal', text: 'Not that.' },
        { type: 'reasoning', text: 'in the open' },
        { type: 'tool-call', id: 'call_1', name: 'get_weather', argumentsJson: '{"city": "Oslo"}' },
        { type: 'tool-call', id: 'call_2', name: 'crm__find' },
        { type: 'tool-call', id: 'call_3', name: 'apply_patch', argumentsJson: '{"input":"a \\"b\\"\\n"}' },
        { type: 'server-tool', id: 'cmp_1', tool: 'compaction' },
      ],
    });
  });

  it('knows why an answer is incomplete', () => {
    expect(decode(fixture('incomplete.json')).finishReason).toEqual({ unified: 'length', raw: 'max_output_tokens' });
  });

  it('knows a refusal', () => {
    const content = [{ type: 'refusal', refusal: 'No.' }];
    const output = [{ type: 'message', role: 'assistant', content }];

    expect(decode({ status: 'completed', output }).finishReason.unified).toBe('refusal');
  });

  it('keeps the family of a proof that is not OpenAI’s', () => {
    const sealed = { type: 'reasoning', summary: [], encrypted_content: 'claude-redacted-thinking:DATA' };

    expect(decode({ status: 'completed', output: [sealed] }).content).toMatchObject([{ redacted: 'DATA' }]);
  });

  it.each<[string, Buffer | JsonObject, string]>([
    ['a failed response', { status: 'failed', error: { code: 'server_error', message: 'm' } }, 'upstream_error'],
    ['an error body', { error: { code: 'insufficient_quota', message: 'm' } }, 'upstream_quota_exhausted'],
    ['no output', { status: 'completed' }, 'upstream_invalid_response'],
    ['an output that cannot be read', { output: [{ type: 'message', content: 7 }] }, 'upstream_invalid_response'],
    ['no JSON', Buffer.from('<html>'), 'upstream_invalid_response'],
  ])('throws for %s', (_, body, kind) => {
    expect(() => decode(body)).toThrow(expect.objectContaining({ kind }));
  });

  it('reads from whole answers what it reads from streams of the same exchange', () => {
    const recordings = loadRecordings('openai-responses').filter(({ features }) => !features.includes('error'));
    const bodies = new Map(recordings.filter(({ mode }) => mode === 'json').map(({ id, body }) => [id, body]));
    const kinds = ({ content }: CanonicalResponse) => [...new Set(content.map(({ type }) => type))].sort();

    for (const { id, body } of recordings.filter(({ mode }) => mode === 'stream')) {
      const whole = bodies.get(id.replace('.stream.sse', '.resp.json'));
      const decoder = new ResponsesStreamDecoder(CONTEXT, REQUEST);
      const events: Parameters<Parameters<typeof decoder.push>[1]>[0][] = [];
      new SseParser().push(body, (frame) => decoder.push(frame, (event) => events.push(event)));
      const streamed = accumulateResponse(events);

      expect({ id, kinds: kinds(streamed) }).toEqual({
        id,
        kinds: kinds(whole === undefined ? streamed : decode(whole)),
      });
    }
  });
});
