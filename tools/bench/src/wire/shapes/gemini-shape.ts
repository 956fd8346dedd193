import { JSON_ANSWER_TEXT } from '../json-answer.js';
import { BLANK_MARKER, streamShape } from '../stream-shape.js';
import { type WireShape } from '../wire-shape.js';
import { dataEvent } from './sse-events.js';

const MODEL = 'bench-gemini';
const PATH = `/v1beta/models/${MODEL}`;
const FACTS = { modelVersion: MODEL, responseId: 'bench' };
const USAGE = { promptTokenCount: 9, candidatesTokenCount: 9, totalTokenCount: 18 };

/** The model stands in the path, so that only its own account is asked in this format. */
export const geminiShape: WireShape = {
  shortName: 'gemini',
  displayName: 'Gemini',
  model: MODEL,
  paths: { json: `${PATH}:generateContent`, stream: `${PATH}:streamGenerateContent` },
  streamType: 'text/event-stream; charset=utf-8',
  stream: streamShape({
    head: [],
    frame: dataEvent({ ...candidate(`${BLANK_MARKER} some text`), ...FACTS }),
    tail: [dataEvent({ ...candidate('', { finishReason: 'STOP' }), usageMetadata: USAGE, ...FACTS })],
  }),
  json: Buffer.from(
    JSON.stringify({ ...candidate(JSON_ANSWER_TEXT, { finishReason: 'STOP' }), usageMetadata: USAGE, ...FACTS }),
  ),
  body: ({ prompt }) => `{"contents":[{"role":"user","parts":[{"text":"${prompt}"}]}]}`,
  account: (mockUrl) => ({
    id: 'mock-gemini',
    provider: 'gemini',
    apiKey: 'mock-key',
    baseUrl: mockUrl,
    models: [MODEL],
  }),
};

function candidate(text: string, rest: object = {}): object {
  return { candidates: [{ content: { parts: [{ text }], role: 'model' }, ...rest, index: 0 }] };
}
