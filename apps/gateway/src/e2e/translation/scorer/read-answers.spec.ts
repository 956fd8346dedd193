import { startMockUpstream, type MockUpstream } from '@sluice/mock-upstream';
import { loadRecordings, type Recording } from '@sluice/testing';
import { replayOf } from '../directions.js';
import { readAs } from '../read-as.js';
import { CLIENT_FORMATS, VENDOR_MODELS } from '../vendors.js';
import type { NeutralAnswer } from './neutral-answer.js';

/** What the manifest's word for a finish is to a reader; a refusal beside `stop` is one of them. */
const FINISHES: Readonly<Record<string, NeutralAnswer['finish']>> = {
  'finish:stop': 'stop',
  'finish:length': 'length',
  'finish:tool_calls': 'tools',
  'finish:content_filter': 'filter',
};

/** Recordings with reasoning that their manifest does not mention. */
const UNTOLD_REASONING = [
  'openai-responses/agw-responses-reasoning.resp.json',
  'openai-responses/open-responses-lmstudio-tool-call.2.stream.sse',
];

/** What the manifest says of a recording, in the words of a reading. */
function promised({ id, features }: Recording) {
  const has = (feature: string): boolean => features.includes(feature);
  const finish = features.map((feature) => FINISHES[feature]).find((word) => word !== undefined);
  return {
    text: has('text'),
    refusal: has('refusal'),
    calls: has('tools'),
    reasoning: has('reasoning') || UNTOLD_REASONING.includes(id),
    usage: has('usage'),
    error: has('error'),
    finish: has('refusal') ? 'filter' : finish,
  };
}

function found({ text, refusal, calls, reasoning, usage, error, finish }: NeutralAnswer) {
  return {
    text: text !== '',
    refusal: refusal !== '',
    calls: calls.length > 0,
    reasoning: reasoning !== '',
    usage: usage !== undefined,
    error: error !== undefined,
    finish,
  };
}

describe.each(CLIENT_FORMATS)('the reader of %s', (format) => {
  let vendor: MockUpstream;
  beforeAll(async () => {
    vendor = await startMockUpstream();
  });
  afterAll(() => vendor.stop());

  it('finds in every recording what its manifest says', async () => {
    for (const recording of loadRecordings(format)) {
      vendor.next(replayOf(format, recording, [recording.body]));
      const mode = recording.mode === 'stream' ? 'stream' : 'whole';
      const reading = await readAs(format, vendor.url, VENDOR_MODELS[format], mode);

      expect({ id: recording.id, ...found(reading) }).toEqual({ id: recording.id, ...promised(recording) });
      expect(reading.error?.class).not.toBe('unreadable');
    }
  });
});
