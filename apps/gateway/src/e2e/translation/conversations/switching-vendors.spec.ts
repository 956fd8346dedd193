import { startTestGateway, type TestGateway } from '../../harness/start-test-gateway.js';
import { ownAnswers, type VendorAnswer } from '../../harness/vendor-answers.js';
import { replayOf } from '../directions.js';
import {
  accountsOfAll,
  CLIENT_FORMATS,
  VENDOR_FORMATS,
  VENDOR_MODELS,
  type ClientFormat,
  type VendorFormat,
} from '../vendors.js';
import { askedTurns } from './asked-turns.js';
import { CONVERSATIONS } from './conversation.js';
import { foreignProofs, PROOFS, wrongWithTurns } from './what-is-wrong.js';

const CALLS = ['get_tide', 'list_ports'];

const PAIRS = VENDOR_FORMATS.flatMap((first) =>
  VENDOR_FORMATS.filter((second) => second !== first).map((second) => ({ first, second })),
);

/**
 * Whose proofs come back to their vendor by way of a client that keeps what it is answered: those that its format has a place for
 * and that their vendor takes.
 */
const RETURNED: Readonly<Record<ClientFormat, readonly VendorFormat[]>> = {
  'openai-chat': ['gemini'],
  'openai-responses': ['openai-responses', 'anthropic-messages', 'gemini', 'bedrock-converse'],
  'anthropic-messages': ['openai-responses', 'anthropic-messages', 'gemini', 'bedrock-converse'],
  gemini: ['openai-responses', 'anthropic-messages', 'gemini', 'bedrock-converse'],
};

function answerNamed(format: VendorFormat, name: RegExp): VendorAnswer {
  const answer = ownAnswers(format).find(({ id }) => name.test(id));
  if (answer === undefined) throw new Error(`${format} has no answer ${name}`);
  return answer;
}

describe.each(CLIENT_FORMATS)('a conversation of a client of %s', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
    await test.configure({ accounts: accountsOfAll(test.vendor.url) });
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const script = (format: VendorFormat, name: RegExp): void => {
    const answer = answerNamed(format, name);
    test.vendor.next(replayOf(format, answer, [answer.body]));
  };
  const lastBody = (): Buffer => test.vendor.requests.at(-1)?.body ?? Buffer.alloc(0);
  const wrongWith = (format: VendorFormat): readonly string[] => wrongWithTurns(askedTurns(format, lastBody()));
  const holdsOwnProof = (format: VendorFormat): boolean =>
    format !== 'openai-chat' && lastBody().includes(PROOFS[format]);

  it.each(PAIRS)('goes from $first to $second and back, calls and results and all', async ({ first, second }) => {
    const conversation = CONVERSATIONS[client](test.url);

    script(first, /\/reasoning-and-calls\./);
    const one = await conversation.ask(VENDOR_MODELS[first]);
    expect(one.calls.map(({ name }) => name)).toEqual(CALLS);
    expect(wrongWith(first)).toEqual([]);

    conversation.giveResults(one.calls);
    script(second, /\/reasoning-and-calls\./);
    const two = await conversation.ask(VENDOR_MODELS[second]);
    expect(two.calls.map(({ name }) => name)).toEqual(CALLS);
    expect(wrongWith(second)).toEqual([]);
    expect(foreignProofs(second, lastBody())).toEqual([]);
    expect(askedTurns(second, lastBody()).map(({ calls }) => calls.length)).toEqual([0, 2, 0]);

    conversation.giveResults(two.calls);
    script(first, /\/text\./);
    const three = await conversation.ask(VENDOR_MODELS[first]);
    expect(three).toEqual({ text: expect.stringMatching(/\S/), calls: [] });
    expect(wrongWith(first)).toEqual([]);
    expect(foreignProofs(first, lastBody())).toEqual([]);
    expect(holdsOwnProof(first)).toBe(RETURNED[client].includes(first));
    expect(askedTurns(first, lastBody()).map(({ calls }) => calls.length)).toEqual([0, 2, 0, 2, 0]);
  });
});

describe('the proofs of the conversations', () => {
  it.each(Object.entries(PROOFS))('are in the answers (%s)', (format, proof) => {
    const { body } = answerNamed(format as VendorFormat, /\/reasoning-and-calls\./); // the table's own keys

    expect(body.includes(proof)).toBe(true);
  });
});
