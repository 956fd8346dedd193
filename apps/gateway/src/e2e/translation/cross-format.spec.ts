import {
  byteCuts,
  loadRecordings,
  missingRecordingsNotice,
  withComments,
  withCrLf,
  type ByteCut,
  type SseRewiring,
} from '@sluice/testing';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { ownAnswers, type VendorAnswer } from '../harness/vendor-answers.js';
import {
  accountsWithKiro,
  DIRECTIONS,
  modesOf,
  readAs,
  readingOfKiro,
  replayOf,
  type AskMode,
  type Direction,
} from './directions.js';
import { compareAnswers } from './scorer/compare-answers.js';
import { EXPECTED_FAILURES } from './scorer/expected-failures.js';
import type { NeutralAnswer } from './scorer/neutral-answer.js';
import { percentOf, staleOf, summaryOf, unexpectedOf, type Scored } from './scorer/tally.js';

/** What must agree at least, in percent of the answers that say something of the kind. */
const MIN_CORE_PERCENT = 97;
const MIN_REASONING_PERCENT = 95;
const MIN_USAGE_PERCENT = 95;

/** Streams that show every kind of event; cut in every way they would cost minutes if they were all of them. */
const REPRESENTATIVE =
  /^own\/.*\/(?:cache-usage|error-midstream|multibyte|parallel-tool-calls|reasoning|reasoning-signed|refusal|refusal-explained|repeated-tool-ids|server-tool|tool-no-args)\.stream|^kiro\/.*\.stream/;
const LOOP_TIMEOUT_MS = 60_000;

interface Wire {
  readonly wire: string;
  readonly cut: ByteCut;
  readonly rewire: SseRewiring;
}

const asItIs: SseRewiring = (sse) => sse;
const WIRES: readonly Wire[] = [
  { wire: 'one byte at a time', cut: byteCuts.oneByte, rewire: asItIs },
  { wire: 'inside characters', cut: byteCuts.insideUtf8, rewire: asItIs },
  { wire: 'CR LF with comments', cut: byteCuts.whole, rewire: (sse) => withComments(withCrLf(sse)) },
  {
    wire: 'CR LF with comments, one byte at a time',
    cut: byteCuts.oneByte,
    rewire: (sse) => withComments(withCrLf(sse)),
  },
  { wire: 'at random, seed 1', cut: byteCuts.random(1), rewire: asItIs },
  { wire: 'at random, seed 2', cut: byteCuts.random(2), rewire: asItIs },
];

const notice = missingRecordingsNotice();
if (notice !== undefined) process.stderr.write(`${notice}\n`);

/** Everything there is of a vendor's format: the suite's own answers, and the recordings where they are at hand. */
function answersOf(upstream: Direction['upstream']): readonly VendorAnswer[] {
  if (upstream === 'kiro') return loadRecordings('kiro');
  const own = ownAnswers(upstream).map((answer) => ({ ...answer, id: `own/${answer.id}` })); // some are named alike
  return [...own, ...loadRecordings(upstream)];
}

describe.each(DIRECTIONS)('an answer that is translated ($name)', (direction) => {
  const { name, upstream, client, model, isSameFamily } = direction;
  const answers = answersOf(upstream);
  const known = EXPECTED_FAILURES.filter((entry) => entry.direction === name);
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
    await test.configure({ accounts: accountsWithKiro(test.vendor.url) });
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  async function readVendor(answer: VendorAnswer, mode: AskMode): Promise<NeutralAnswer> {
    if (upstream === 'kiro') return readingOfKiro(answer);
    test.vendor.next(replayOf(direction, answer, [answer.body]));
    return readAs(upstream, test.vendor.url, model, mode);
  }

  async function score(answer: VendorAnswer, pieces: readonly Buffer[]): Promise<readonly Scored[]> {
    const rows: Scored[] = [];
    for (const mode of modesOf(direction, answer)) {
      const expected = await readVendor(answer, mode);
      test.vendor.next(replayOf(direction, answer, pieces));
      const actual = await readAs(client, test.url, model, mode);
      rows.push({ answer: answer.id, verdicts: compareAnswers({ expected, actual, isSameFamily }) });
    }
    return rows;
  }

  it(
    'says the same to the client’s SDK as the vendor says to its own',
    async () => {
      const scored: Scored[] = [];
      for (const answer of answers) scored.push(...(await score(answer, [answer.body])));

      process.stdout.write(`${name}: ${summaryOf(scored)}\n`);
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

  it.each(upstream === 'kiro' ? WIRES.filter(({ rewire }) => rewire === asItIs) : WIRES)(
    'says it however the bytes arrive ($wire)',
    async ({ cut, rewire }) => {
      const scored: Scored[] = [];
      for (const answer of answers.filter(({ id }) => REPRESENTATIVE.test(id))) {
        scored.push(...(await score(answer, cut(rewire(answer.body)))));
      }

      expect(unexpectedOf(scored, known)).toEqual([]);
    },
    LOOP_TIMEOUT_MS,
  );
});

describe('the streams that are cut in every way', () => {
  it.each(['openai-chat', 'anthropic-messages'] as const)('are some of every vendor (%s)', (format) => {
    expect(answersOf(format).filter(({ id }) => REPRESENTATIVE.test(id)).length).toBeGreaterThanOrEqual(7);
  });
});

describe('the list of expected failures', () => {
  it('names directions that there are', () => {
    const names: readonly string[] = DIRECTIONS.map(({ name }: Direction) => name);

    expect(EXPECTED_FAILURES.filter(({ direction }) => !names.includes(direction))).toEqual([]);
  });
});
