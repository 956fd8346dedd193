import type { WireFrame } from '@sluice/core';
import { EventStreamDecoder } from '@sluice/event-stream';
import { describeFormatLaws } from '@sluice/translator-kit/laws';
import { ANSWERS, type Answer } from './__fixtures__/answers.js';
import { bytesOf, frameOf } from './__fixtures__/frames.js';
import { CLAUDE } from './__fixtures__/requests.js';
import { bedrockConverse } from './format.js';

const CASES = Object.entries<Answer>(ANSWERS);

/** Larger than a delta of the memory law; each is different, so that none can be shared. */
const DELTA_CHARS = 400;

function* longStream(deltas: number): Generator<WireFrame> {
  yield frameOf(['messageStart', { role: 'assistant' }]);
  for (let position = 0; position < deltas; position += 1) {
    const text = `${position}`.padEnd(DELTA_CHARS, 'x');
    yield frameOf(['contentBlockDelta', { contentBlockIndex: 0, delta: { text } }]);
  }
}

/** Names that clients use, each for a vendor whose models take other requests. */
const MODELS = ['claude-3-7-sonnet', 'claude-opus-4-6', 'claude-opus-4-7', 'nova', 'mistral', 'gpt-oss'];

describe.each(MODELS)('asked for %s', (requestedModel) => {
  describeFormatLaws(bedrockConverse, { context: { requestedModel } });
});

describeFormatLaws(bedrockConverse, {
  responses: Object.fromEntries(CASES.map(([name, { whole }]) => [name, Buffer.from(JSON.stringify(whole))])),
  streams: Object.fromEntries(CASES.map(([name, { events }]) => [name, bytesOf(...events)])),
  createFramer: () => new EventStreamDecoder(),
  longStream,
  context: { upstreamModel: CLAUDE },
});
