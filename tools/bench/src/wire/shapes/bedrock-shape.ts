import { encodeMessage, inferHeaders } from '@sluice/event-stream';
import { JSON_ANSWER_TEXT } from '../json-answer.js';
import { BLANK_MARKER, streamShape } from '../stream-shape.js';
import { type WireShape } from '../wire-shape.js';

const MODEL = 'bench-bedrock';
const PATH = `/model/${MODEL}`;
const MESSAGE_CRC_BYTES = 4;
const USAGE = { inputTokens: 9, outputTokens: 9, totalTokens: 18 };

/** Converse in frames of about 200 bytes with a checksum each. No client speaks it; its own account is asked by its path. */
export const bedrockShape: WireShape = {
  shortName: 'bedrock',
  displayName: 'Bedrock',
  model: MODEL,
  paths: { json: `${PATH}/converse`, stream: `${PATH}/converse-stream` },
  streamType: 'application/vnd.amazon.eventstream',
  stream: streamShape(
    {
      head: [event('messageStart', { role: 'assistant' })],
      frame: event('contentBlockDelta', { contentBlockIndex: 0, delta: { text: `${BLANK_MARKER} some text` } }),
      tail: [
        event('contentBlockStop', { contentBlockIndex: 0 }),
        event('messageStop', { stopReason: 'end_turn' }),
        event('metadata', { usage: USAGE, metrics: { latencyMs: 1 } }),
      ],
    },
    MESSAGE_CRC_BYTES,
  ),
  json: Buffer.from(
    JSON.stringify({
      output: { message: { role: 'assistant', content: [{ text: JSON_ANSWER_TEXT }] } },
      stopReason: 'end_turn',
      usage: USAGE,
      metrics: { latencyMs: 1 },
    }),
  ),
  body: ({ prompt }) => `{"messages":[{"role":"user","content":[{"text":"${prompt}"}]}]}`,
  account: (mockUrl) => ({
    id: 'mock-bedrock',
    provider: 'bedrock',
    region: 'us-east-1',
    apiKey: 'mock-key',
    baseUrl: mockUrl,
    models: [MODEL],
  }),
};

function event(name: string, payload: object): Buffer {
  const headers = { ':event-type': name, ':content-type': 'application/json', ':message-type': 'event' };
  return encodeMessage({ typedHeaders: inferHeaders(headers), payload: Buffer.from(JSON.stringify(payload)) });
}
