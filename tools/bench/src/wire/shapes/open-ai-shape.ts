import { JSON_ANSWER_TEXT } from '../json-answer.js';
import { BLANK_MARKER, streamShape } from '../stream-shape.js';
import { type WireShape } from '../wire-shape.js';
import { dataEvent } from './sse-events.js';

const MODEL = 'bench-openai';
const PATH = '/v1/chat/completions';
const USAGE = { prompt_tokens: 9, completion_tokens: 9, total_tokens: 18 };
const ENVELOPE = { id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1_767_225_600, model: MODEL };

export const openAiShape: WireShape = {
  shortName: 'openai',
  displayName: 'OpenAI',
  model: MODEL,
  paths: { json: PATH, stream: PATH },
  streamType: 'text/event-stream; charset=utf-8',
  stream: streamShape({
    head: [chunk({ role: 'assistant', content: '' }, null)],
    frame: chunk({ content: `${BLANK_MARKER} some text` }, null),
    tail: [chunk({}, 'stop'), dataEvent({ ...ENVELOPE, choices: [], usage: USAGE }), dataEvent('[DONE]')],
  }),
  json: Buffer.from(
    JSON.stringify({
      id: 'chatcmpl-bench',
      object: 'chat.completion',
      created: 1_767_225_600,
      model: MODEL,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: JSON_ANSWER_TEXT, refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: USAGE,
      system_fingerprint: 'fp_bench',
    }),
  ),
  body: ({ model, isStream, prompt }) => {
    const settings = `"stream":${isStream}${isStream ? ',"stream_options":{"include_usage":true}' : ''}`;
    return `{"model":"${model}",${settings},"messages":[{"role":"user","content":"${prompt}"}]}`;
  },
  account: (mockUrl) => ({
    id: 'mock-openai',
    provider: 'openai-compatible',
    apiKey: 'mock-key',
    baseUrl: `${mockUrl}/v1`,
    models: [MODEL],
  }),
};

function chunk(delta: object, finishReason: string | null): Buffer {
  return dataEvent({ ...ENVELOPE, choices: [{ index: 0, delta, finish_reason: finishReason }] });
}
