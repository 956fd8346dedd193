import { compareAnswers, type Score } from './compare-answers.js';
import { EMPTY_ANSWER, type NeutralAnswer } from './neutral-answer.js';

const CALLS = [
  { id: 'a', name: 'get_tide', input: { port: 'Brest', day: 1 } },
  { id: 'b', name: 'list_ports', input: {} },
];
const USAGE = { input: 12, output: 5, cacheRead: 4 };
const ANSWER: NeutralAnswer = {
  ...EMPTY_ANSWER,
  text: 'At noon.',
  calls: CALLS,
  finish: 'tools',
  reasoning: 'Two tides a day.',
  signature: 'c2ln',
  usage: USAGE,
};
const FAILURE: NeutralAnswer = {
  ...EMPTY_ANSWER,
  error: { class: 'rate-limit', status: 429, message: 'Slow down.' },
};

function failing(expected: NeutralAnswer, actual: NeutralAnswer, isSameFamily = true): readonly Score[] {
  return compareAnswers({ expected, actual, isSameFamily })
    .filter(({ reasons }) => reasons.length > 0)
    .map(({ score }) => score);
}

describe('compareAnswers', () => {
  it('finds nothing where nothing differs', () => {
    const verdicts = compareAnswers({ expected: ANSWER, actual: structuredClone(ANSWER), isSameFamily: true });

    expect(verdicts.map(({ score }) => score)).toEqual(['core', 'reasoning', 'usage', 'signature']);
    expect(verdicts.flatMap(({ reasons }) => reasons)).toEqual([]);
  });

  it.each<[string, Score, Partial<NeutralAnswer>]>([
    ['text', 'core', { text: 'At noon' }],
    ['no call', 'core', { calls: [] }],
    ['the order of calls', 'core', { calls: [...CALLS].reverse() }],
    ['an argument', 'core', { calls: [{ id: 'a', name: 'get_tide', input: { port: 'Brest', day: '1' } }] }],
    ['ids that repeat', 'core', { calls: CALLS.map((call) => ({ ...call, id: 'a' })) }],
    ['an id that is empty', 'core', { calls: CALLS.map((call, index) => ({ ...call, id: 'a'.repeat(index) })) }],
    ['the finish', 'core', { finish: 'stop' }],
    ['an error', 'core', { error: { class: 'vendor', status: undefined, message: 'No.' } }],
    ['reasoning', 'reasoning', { reasoning: '' }],
    ['input', 'usage', { usage: { ...USAGE, input: 8 } }],
    ['output', 'usage', { usage: { ...USAGE, output: 0 } }],
    ['cache reads', 'usage', { usage: { ...USAGE, cacheRead: 0 } }],
    ['no usage', 'usage', { usage: undefined }],
    ['no signature', 'signature', { signature: undefined }],
  ])('finds %s', (_, score, change) => {
    expect(failing(ANSWER, { ...ANSWER, ...change })).toEqual([score]);
  });

  it.each<[string, Partial<NonNullable<NeutralAnswer['error']>>]>([
    ['class', { class: 'vendor' }],
    ['status', { status: 500 }],
    ['message', { message: 'Slow.' }],
  ])('finds another %s of an error', (_, change) => {
    const error = { class: 'rate-limit', status: 429, message: 'Slow down.', ...change } as const;

    expect(failing(FAILURE, { ...FAILURE, error })).toEqual(['core']);
  });

  it('finds reasoning that the vendor never said', () => {
    expect(failing({ ...ANSWER, reasoning: '' }, ANSWER)).toEqual(['reasoning']);
  });

  it('takes the order of members for nothing', () => {
    const calls = [{ ...CALLS[0], id: 'x', name: 'get_tide', input: { day: 1, port: 'Brest' } }, CALLS[1]!];

    expect(failing(ANSWER, { ...ANSWER, calls })).toEqual([]);
  });

  it('does not ask another family for a signature', () => {
    expect(failing(ANSWER, { ...ANSWER, signature: undefined }, false)).toEqual([]);
  });

  it.each<[string, readonly Score[], Partial<NeutralAnswer>]>([
    ['as text and in a remark', [], { text: 'I cannot.', remark: 'I cannot.' }],
    ['in a remark', [], { remark: 'I cannot.' }],
    ['as mere text', ['core'], { text: 'I cannot.' }],
    ['not at all', ['core'], {}],
  ])('asks for a refusal, which may be said %s', (_, scores, said) => {
    const refused: NeutralAnswer = { ...EMPTY_ANSWER, refusal: 'I cannot.', finish: 'filter' };

    expect(failing(refused, { ...EMPTY_ANSWER, finish: 'filter', ...said })).toEqual(scores);
  });

  it.each<[string, readonly Score[]]>([
    ['Blocked by policy.', []],
    ['Else.', ['core']],
    ['', ['core']],
  ])('asks for a remark, which may be said as a refusal (“%s”)', (refusal, scores) => {
    const refused: NeutralAnswer = { ...EMPTY_ANSWER, remark: 'Blocked by policy.', finish: 'filter' };

    expect(failing(refused, { ...EMPTY_ANSWER, refusal, finish: 'filter' })).toEqual(scores);
    expect(failing({ ...refused, text: 'a' }, { ...EMPTY_ANSWER, text: 'a', refusal, finish: 'filter' })).toEqual(
      scores,
    );
  });

  it('asks an SDK that shows no refusals for the words alone', () => {
    const refused: NeutralAnswer = { ...EMPTY_ANSWER, refusal: 'I cannot.', finish: 'filter' };
    const reasons = (text: string) =>
      compareAnswers({
        expected: refused,
        actual: { ...EMPTY_ANSWER, text, finish: 'filter' },
        isSameFamily: false,
        showsRefusals: false,
      }).flatMap((verdict) => verdict.reasons);

    expect(reasons('I cannot.')).toEqual([]);
    expect(reasons('')).toHaveLength(1);
  });

  it('leaves ids alone where nothing is translated', () => {
    const twins: NeutralAnswer = { ...ANSWER, calls: CALLS.map((call) => ({ ...call, id: 'a' })) };
    const verdicts = compareAnswers({ expected: twins, actual: twins, isSameFamily: true, isPassedThrough: true });

    expect(verdicts.flatMap(({ reasons }) => reasons)).toEqual([]);
  });

  it('asks for no usage after an error', () => {
    expect(failing({ ...FAILURE, usage: USAGE }, FAILURE)).toEqual([]);
  });
});
