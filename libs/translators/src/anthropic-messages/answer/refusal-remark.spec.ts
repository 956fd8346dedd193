import type { CanonicalEvent, CanonicalRequest, JsonObject, SseFrame } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { decodeResponse } from '../decode-response.js';
import { encodeResponse } from '../encode-response.js';
import { AnthropicStreamDecoder } from '../stream-decoder.js';
import { AnthropicStreamEncoder } from '../stream-encoder.js';

const context: TranslationContext = {
  requestId: 'req-1',
  createdAtSeconds: 1_700_000_000,
  requestedModel: 'claude',
  upstreamModel: 'claude',
  dialect: {},
};
const request: CanonicalRequest = { model: 'm', stream: true, messages: [], tools: [], sampling: {} };
const END = {
  stop_reason: 'refusal',
  stop_sequence: null,
  stop_details: { type: 'refusal', category: 'cyber', explanation: 'Blocked by policy.' },
};
const USAGE = { input_tokens: 3, output_tokens: 1 };

describe("a refusal's explanation, from this format to this format", () => {
  it('stays beside an answer', () => {
    const answer = {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'claude',
      content: [],
      ...END,
      usage: USAGE,
    };

    const decoded = decodeResponse(Buffer.from(JSON.stringify(answer)), context, request);

    expect(encodeResponse(decoded, context)).toEqual(answer);
  });

  it('stays at the end of a stream', () => {
    const text = { type: 'text', text: '' };
    const events: readonly JsonObject[] = [
      { type: 'message_start', message: { id: 'msg_1', model: 'claude', usage: USAGE } },
      { type: 'content_block_start', index: 0, content_block: text },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'I' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: END, usage: { output_tokens: 1 } },
      { type: 'message_stop' },
    ];

    expect(recoded(events).slice(1)).toMatchObject(events.slice(1));
  });
});

function recoded(events: readonly JsonObject[]): readonly JsonObject[] {
  const decoder = new AnthropicStreamDecoder(context, request);
  const encoder = new AnthropicStreamEncoder(context);
  const written: JsonObject[] = [];
  const keep = ({ data }: SseFrame): void => void written.push(JSON.parse(data) as JsonObject); // our own encoder's
  const encode = (event: CanonicalEvent): void => encoder.push(event, keep);
  for (const event of events) decoder.push({ kind: 'sse', data: JSON.stringify(event) }, encode);
  decoder.finish(encode);
  encoder.finish();
  return written;
}
