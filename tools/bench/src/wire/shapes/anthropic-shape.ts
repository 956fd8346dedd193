import { JSON_ANSWER_TEXT } from '../json-answer.js';
import { BLANK_MARKER, streamShape } from '../stream-shape.js';
import { type WireShape } from '../wire-shape.js';
import { typedEvent } from './sse-events.js';

const MODEL = 'bench-anthropic';
const PATH = '/v1/messages';
const MESSAGE = { id: 'msg_bench', type: 'message', role: 'assistant', model: MODEL };
const TEXT = `${BLANK_MARKER} some text, about as long as usual`;

export const anthropicShape: WireShape = {
  shortName: 'anthropic',
  displayName: 'Anthropic',
  model: MODEL,
  paths: { json: PATH, stream: PATH },
  streamType: 'text/event-stream; charset=utf-8',
  stream: streamShape({
    head: [
      typedEvent({
        type: 'message_start',
        message: {
          ...MESSAGE,
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { input_tokens: 9, output_tokens: 1 },
        },
      }),
      typedEvent({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
    ],
    frame: typedEvent({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: TEXT } }),
    tail: [
      typedEvent({ type: 'content_block_stop', index: 0 }),
      typedEvent({
        type: 'message_delta',
        delta: { stop_reason: 'end_turn', stop_sequence: null },
        usage: { output_tokens: 9 },
      }),
      typedEvent({ type: 'message_stop' }),
    ],
  }),
  json: Buffer.from(
    JSON.stringify({
      ...MESSAGE,
      content: [{ type: 'text', text: JSON_ANSWER_TEXT }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 9, output_tokens: 9 },
    }),
  ),
  body: ({ model, isStream, prompt }) =>
    `{"model":"${model}","max_tokens":1024,"stream":${isStream},"messages":[{"role":"user","content":"${prompt}"}]}`,
  account: (mockUrl) => ({
    id: 'mock-anthropic',
    provider: 'anthropic',
    apiKey: 'mock-key',
    baseUrl: mockUrl,
    models: [MODEL],
  }),
};
