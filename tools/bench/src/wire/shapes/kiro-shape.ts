import { encodeMessage, inferHeaders } from '@sluice/event-stream';
import { BLANK_MARKER, streamShape } from '../stream-shape.js';
import { type WireShape } from '../wire-shape.js';

const MODEL = 'bench-kiro';
const PATH = '/generateAssistantResponse';
const MESSAGE_CRC_BYTES = 4;

/** Kiro only streams, in messages of about 200 bytes with a checksum each. What ends an answer is its usage. */
export const kiroShape: WireShape = {
  shortName: 'kiro',
  displayName: 'Kiro',
  model: MODEL,
  paths: { json: PATH, stream: PATH },
  streamType: 'application/vnd.amazon.eventstream',
  stream: streamShape(
    {
      head: [],
      frame: event('assistantResponseEvent', { content: `${BLANK_MARKER} some text` }),
      tail: [
        event('contextUsageEvent', { contextUsagePercentage: 2.5 }),
        event('meteringEvent', { unit: 'credit', unitPlural: 'credits', usage: 0.0123 }),
      ],
    },
    MESSAGE_CRC_BYTES,
  ),
  body: ({ model, prompt }) => {
    const input = `{"content":"${prompt}","modelId":"${model}","origin":"AI_EDITOR"}`;
    const state = `{"chatTriggerType":"MANUAL","conversationId":"bench","currentMessage":{"userInputMessage":${input}}}`;
    return `{"conversationState":${state}}`;
  },
  account: (mockUrl) => ({
    id: 'mock-kiro',
    provider: 'kiro',
    accessToken: 'mock-token',
    endpoint: 'ide',
    endpoints: { inference: mockUrl },
    models: [MODEL],
  }),
};

function event(name: string, payload: object): Buffer {
  const headers = { ':event-type': name, ':content-type': 'application/json', ':message-type': 'event' };
  return encodeMessage({ typedHeaders: inferHeaders(headers), payload: Buffer.from(JSON.stringify(payload)) });
}
