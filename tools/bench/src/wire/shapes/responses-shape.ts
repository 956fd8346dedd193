import { JSON_ANSWER_TEXT } from '../json-answer.js';
import { BLANK_MARKER, streamShape } from '../stream-shape.js';
import { type WireShape } from '../wire-shape.js';
import { typedEvent } from './sse-events.js';

const MODEL = 'bench-responses';
const PATH = '/v1/responses';
const ITEM = { id: 'msg_bench', type: 'message', role: 'assistant' };
const PLACE = { item_id: 'msg_bench', output_index: 0, content_index: 0 };
const PART = { type: 'output_text', text: '', annotations: [], logprobs: [] };
const USAGE = {
  input_tokens: 9,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 9,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 18,
};

/**
 * The vendor repeats the whole text at the end, once for each level. Here nothing does, so that every marker comes once; the
 * gateway reads the deltas.
 */
export const responsesShape: WireShape = {
  shortName: 'responses',
  displayName: 'OpenAI Responses',
  model: MODEL,
  paths: { json: PATH, stream: PATH },
  streamType: 'text/event-stream; charset=utf-8',
  stream: streamShape({
    head: [
      typedEvent({ type: 'response.created', response: response('in_progress', []) }),
      typedEvent({
        type: 'response.output_item.added',
        output_index: 0,
        item: { ...ITEM, status: 'in_progress', content: [] },
      }),
      typedEvent({ type: 'response.content_part.added', ...PLACE, part: PART }),
    ],
    frame: typedEvent({
      type: 'response.output_text.delta',
      ...PLACE,
      sequence_number: 5,
      delta: `${BLANK_MARKER} some text`,
      logprobs: [],
    }),
    tail: [typedEvent({ type: 'response.completed', response: { ...response('completed', []), usage: USAGE } })],
  }),
  json: Buffer.from(
    JSON.stringify({
      ...response('completed', [{ ...ITEM, status: 'completed', content: [{ ...PART, text: JSON_ANSWER_TEXT }] }]),
      usage: USAGE,
    }),
  ),
  body: ({ model, isStream, prompt }) =>
    `{"model":"${model}","stream":${isStream},"store":false,"input":[{"role":"user","content":"${prompt}"}]}`,
  account: (mockUrl) => ({
    id: 'mock-responses',
    provider: 'openai',
    wireApi: 'responses',
    apiKey: 'mock-key',
    baseUrl: `${mockUrl}/v1`,
    models: [MODEL],
  }),
};

function response(status: string, output: readonly object[]): object {
  return {
    id: 'resp_bench',
    object: 'response',
    created_at: 1_767_225_600,
    status,
    error: null,
    incomplete_details: null,
    model: MODEL,
    output,
  };
}
