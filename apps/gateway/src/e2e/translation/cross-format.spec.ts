import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  byteCuts,
  findFixturesDirectory,
  loadRecordings,
  missingRecordingsNotice,
  seededRandom,
  withComments,
  withCrLf,
  type ByteCut,
  type SseRewiring,
} from '@sluice/testing';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { ownAnswers, type VendorAnswer } from '../harness/vendor-answers.js';
import { DIRECTIONS, isBinary } from './directions.js';
import { AnswerScorer } from './score-answers.js';
import { EXPECTED_FAILURES } from './scorer/expected-failures.js';
import { percentOf, staleOf, summaryOf, unexpectedOf, type Scored } from './scorer/tally.js';
import { accountsOfAll, VENDOR_FORMATS, type VendorFormat } from './vendors.js';

/** What must agree at least, in percent of the answers that say something of the kind. */
const MIN_CORE_PERCENT = 97;
const MIN_REASONING_PERCENT = 95;
const MIN_USAGE_PERCENT = 95;

/** Streams of the suite's own that are always among the sample: each breaks in its own way when it is cut. */
const ALWAYS_SAMPLED =
  /^own\/.*\/(?:error-midstream|multibyte|parallel-tool-calls|reasoning|reasoning-signed|refusal|refusal-explained|repeated-tool-ids|server-tool|tool-no-args)\.(?:stream|events)/;
const SAMPLED_RECORDINGS = 3;
const SAMPLE_SEED = 7;

const LOOP_TIMEOUT_MS = 120_000;

/** A capture of Bedrock among the vectors of the event stream. */
const BEDROCK_CAPTURE = 'aws-eventstream/capture-bedrock-basic.bin';

/** One way in which the bytes of an answer may arrive. */
interface Wire {
  readonly wire: string;
  readonly cut: ByteCut;
  readonly rewire: SseRewiring;
}

/** How many bytes of either end of a stream arrive one by one; all of a long stream would cost minutes. */
const ENDS_BYTES = 600;

const asItIs: SseRewiring = (sse) => sse;
const respelled: SseRewiring = (sse) => withComments(withCrLf(sse));

/** Beginning and end one byte at a time, the middle of a long stream in one piece. */
const endsByByte: ByteCut = (bytes) => {
  if (bytes.length <= 2 * ENDS_BYTES) return byteCuts.oneByte(bytes);
  const [begin, end] = [ENDS_BYTES, bytes.length - ENDS_BYTES];
  return [
    ...byteCuts.oneByte(bytes.subarray(0, begin)),
    bytes.subarray(begin, end),
    ...byteCuts.oneByte(bytes.subarray(end)),
  ];
};

/** For every answer. */
const EVERY_ANSWER_WIRES: readonly Wire[] = [
  { wire: 'whole', cut: byteCuts.whole, rewire: asItIs },
  { wire: 'one byte at a time', cut: endsByByte, rewire: asItIs },
];

/** For a sample. */
const SAMPLE_WIRES: readonly Wire[] = [
  { wire: 'inside characters', cut: byteCuts.insideUtf8, rewire: asItIs },
  { wire: 'CR LF with comments', cut: byteCuts.whole, rewire: respelled },
  { wire: 'CR LF with comments, one byte at a time', cut: endsByByte, rewire: respelled },
  { wire: 'at random, seed 1', cut: byteCuts.random(1), rewire: asItIs },
  { wire: 'at random, seed 2', cut: byteCuts.random(2), rewire: asItIs },
];

/** Those of a stream of frames, which has no lines. */
function binaryWires(wires: readonly Wire[]): readonly Wire[] {
  return wires.filter(({ rewire }) => rewire === asItIs);
}

const notice = missingRecordingsNotice();
if (notice !== undefined) process.stderr.write(`${notice}\n`);

describe.each(VENDOR_FORMATS)('an answer of a vendor of %s', (upstream) => {
  const answers = answersOf(upstream);
  const wiresOf = (wires: readonly Wire[]) => (isBinary(upstream) ? binaryWires(wires) : wires);

  let test: TestGateway;
  let scorer: AnswerScorer;
  beforeAll(async () => {
    test = await startTestGateway();
    await test.configure({ accounts: accountsOfAll(test.vendor.url) });
    scorer = new AnswerScorer(test, upstream);
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  describe.each(DIRECTIONS.filter((direction) => direction.upstream === upstream))('($name)', (direction) => {
    const known = EXPECTED_FAILURES.filter((entry) => entry.direction === direction.name);

    it.each(wiresOf(EVERY_ANSWER_WIRES))(
      'says the same to the client’s SDK as the vendor says to its own ($wire)',
      async ({ wire, cut }) => {
        const scored: Scored[] = [];
        for (const answer of answers) scored.push(...(await scorer.score(direction, answer, cut(answer.body))));

        process.stdout.write(`${direction.name}, ${wire}: ${summaryOf(scored)}\n`);
        expect({ unexpected: unexpectedOf(scored, known), stale: staleOf(scored, known) }).toEqual({
          unexpected: [],
          stale: [],
        });
        expect(percentOf(scored, 'core')).toBeGreaterThanOrEqual(MIN_CORE_PERCENT);
        expect(percentOf(scored, 'reasoning')).toBeGreaterThanOrEqual(MIN_REASONING_PERCENT);
        expect(percentOf(scored, 'usage')).toBeGreaterThanOrEqual(MIN_USAGE_PERCENT);
      },
      LOOP_TIMEOUT_MS,
    );

    it.each(wiresOf(SAMPLE_WIRES))(
      'says it however the bytes arrive ($wire)',
      async ({ cut, rewire }) => {
        const scored: Scored[] = [];
        for (const answer of sampleOf(answers)) {
          scored.push(...(await scorer.score(direction, answer, cut(rewire(answer.body)))));
        }

        expect(unexpectedOf(scored, known)).toEqual([]);
      },
      LOOP_TIMEOUT_MS,
    );
  });

  it('is cut in every way where it matters', () => {
    expect(sampleOf(answers).length).toBeGreaterThanOrEqual(4);
  });
});

/** Everything there is of a vendor's format: the suite's own answers, and the recordings where they are at hand. */
function answersOf(upstream: VendorFormat): readonly VendorAnswer[] {
  const own = ownAnswers(upstream).map((answer) => ({ ...answer, id: `own/${answer.id}` })); // some are named alike
  return [...own, ...(upstream === 'bedrock-converse' ? bedrockCapture() : loadRecordings(upstream))];
}

function bedrockCapture(): readonly VendorAnswer[] {
  const directory = findFixturesDirectory();
  if (directory === undefined) return [];
  return [{ id: BEDROCK_CAPTURE, mode: 'stream', status: 200, body: readFileSync(join(directory, BEDROCK_CAPTURE)) }];
}

/** The same at every run. */
function sampleOf(answers: readonly VendorAnswer[]): readonly VendorAnswer[] {
  const streams = answers.filter(({ mode }) => mode === 'stream');
  const always = streams.filter(({ id }) => ALWAYS_SAMPLED.test(id));
  const others = streams.filter((answer) => !always.includes(answer));
  const random = seededRandom(SAMPLE_SEED);
  const keyed = others.map((answer) => ({ answer, key: random() }));
  const drawn = keyed.sort((one, other) => one.key - other.key).slice(0, SAMPLED_RECORDINGS);
  return [...always, ...drawn.map(({ answer }) => answer)];
}
