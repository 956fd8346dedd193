import { missingRecordingsNotice, seededRandom } from '@sluice/testing';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import type { VendorAnswer } from '../harness/vendor-answers.js';
import { answersOf, DIRECTIONS, isBinary } from './directions.js';
import { AnswerScorer } from './score-answers.js';
import { EXPECTED_FAILURES } from './scorer/expected-failures.js';
import { percentOf, staleOf, summaryOf, unexpectedOf, type Scored } from './scorer/tally.js';
import { accountsOfAll, type VendorFormat } from './vendors.js';
import { binaryWires, EVERY_ANSWER_WIRES, SAMPLE_WIRES, type Wire } from './wires.js';

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

/** What every client's SDK reads of everything there is of a vendor's format, against what the vendor's own SDK reads. */
export function describeAnswersOf(upstream: VendorFormat): void {
  const notice = missingRecordingsNotice();
  if (notice !== undefined) process.stderr.write(`${notice}\n`);
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
