import { startTestGateway, type TestGateway } from '../../harness/start-test-gateway.js';
import { ownAnswers } from '../../harness/vendor-answers.js';
import { modesOf, replayOf } from '../directions.js';
import { AnswerScorer } from '../score-answers.js';
import { compareAnswers } from '../scorer/compare-answers.js';
import type { NeutralAnswer } from '../scorer/neutral-answer.js';
import { summaryOf, unexpectedOf, type Scored } from '../scorer/tally.js';
import { accountsOfAll, VENDOR_FORMATS, VENDOR_MODELS } from '../vendors.js';
import { readVercelAnswer, VERCEL_CLIENTS } from './read-vercel-answer.js';

/** Of each vendor: text, calls, reasoning, usage and failures, whole and streamed. */
const REPRESENTATIVE =
  /^[\w-]+\/(?:text|cache-usage|multibyte|parallel-tool-calls|tool-no-args|reasoning|reasoning-signed|reasoning-and-calls|length|rate-limit|throttled|bad-value)\./;

const LOOP_TIMEOUT_MS = 60_000;

describe.each(VERCEL_CLIENTS)('Vercel’s SDK ($provider)', ({ provider, model, readsReasoning }) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
    await test.configure({ accounts: accountsOfAll(test.vendor.url) });
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  it.each(VENDOR_FORMATS)(
    'reads what a vendor of %s says',
    async (upstream) => {
      const scorer = new AnswerScorer(test, upstream);
      const scored: Scored[] = [];
      for (const answer of ownAnswers(upstream).filter(({ id }) => REPRESENTATIVE.test(id))) {
        for (const mode of modesOf(upstream, answer)) {
          const expected = await scorer.readVendor(answer, mode);
          test.vendor.next(replayOf(upstream, answer, [answer.body]));
          const actual = await readVercelAnswer(model(test.url, VENDOR_MODELS[upstream]), mode);
          const verdicts = compareAnswers({ expected: inOneParagraph(expected), actual, isSameFamily: false });
          const asked = verdicts.filter(({ score }) => score !== 'reasoning' || readsReasoning);
          scored.push({ answer: answer.id, verdicts: asked });
        }
      }

      process.stdout.write(`${upstream} → ${provider}: ${summaryOf(scored)}\n`);
      expect(scored.length).toBeGreaterThanOrEqual(7);
      expect(unexpectedOf(scored, [])).toEqual([]);
    },
    LOOP_TIMEOUT_MS,
  );
});

/** The SDK puts the paragraphs of reasoning together without anything between them. */
function inOneParagraph(answer: NeutralAnswer): NeutralAnswer {
  return { ...answer, reasoning: answer.reasoning.replaceAll('\n\n', '') };
}
