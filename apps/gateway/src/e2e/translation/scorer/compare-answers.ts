import { isDeepStrictEqual } from 'node:util';
import type { NeutralAnswer } from './neutral-answer.js';

const MAX_SHOWN_CHARACTERS = 300;

/** What is compared. `core` always is; the others only where the vendor said something of the kind. */
export const SCORES = ['core', 'reasoning', 'usage', 'signature'] as const;
export type Score = (typeof SCORES)[number];

/** One score of one answer. */
export interface Verdict {
  readonly score: Score;
  /** What differs; empty = they agree. */
  readonly reasons: readonly string[];
}

export interface Comparison {
  /** As the vendor's own SDK reads the vendor. */
  readonly expected: NeutralAnswer;
  /** As the client's SDK reads the gateway. */
  readonly actual: NeutralAnswer;
  /** Whether the client can give a signature back to the models that made it. */
  readonly isSameFamily: boolean;
  /** Whether the client's SDK shows a refusal apart from text. Default true. */
  readonly showsRefusals?: boolean;
  /** Whether the client is given the vendor's own bytes, with whatever is wrong in them. Default false. */
  readonly isPassedThrough?: boolean;
}

/** Both readings side by side: a verdict for each score that applies. */
export function compareAnswers(comparison: Comparison): readonly Verdict[] {
  const { expected, actual, isSameFamily } = comparison;
  const verdicts: Verdict[] = [{ score: 'core', reasons: coreReasons(comparison) }];
  if (expected.reasoning !== '' || actual.reasoning !== '') {
    verdicts.push({ score: 'reasoning', reasons: differences({ reasoning: [expected.reasoning, actual.reasoning] }) });
  }
  // after an error only some formats tell what had been used until then
  if (expected.usage !== undefined && expected.error === undefined) {
    verdicts.push({ score: 'usage', reasons: differences({ usage: [expected.usage, actual.usage] }) });
  }
  if (isSameFamily && expected.signature !== undefined) {
    verdicts.push({ score: 'signature', reasons: differences({ signature: [expected.signature, actual.signature] }) });
  }
  return verdicts;
}

function coreReasons(comparison: Comparison): readonly string[] {
  const { expected, actual, showsRefusals = true, isPassedThrough = false } = comparison;
  const ids = actual.calls.map(({ id }) => id);
  const haveOwnIds = new Set(ids).size === ids.length && !ids.includes('');
  return [
    ...differences({
      text: [words(expected), words(actual)],
      ...(showsRefusals && { refusal: [reasonOf(expected), reasonOf(actual)] as const }),
      calls: [bare(expected), bare(actual)],
      finish: [expected.finish, actual.finish],
      'error class': [expected.error?.class, actual.error?.class],
      'error message': [expected.error?.message, actual.error?.message],
    }),
    ...(expected.error?.status === undefined // inside the vendor's stream: there was none
      ? []
      : differences({ status: [expected.error.status, actual.error?.status] })),
    ...(haveOwnIds || isPassedThrough ? [] : [`ids of calls are not unique: ${ids.join()}`]),
  ];
}

/** Formats without a place for refusals in their content say them as text, or beside the answer. */
function words(answer: NeutralAnswer): string {
  return answer.text === '' ? reasonOf(answer) : answer.text;
}

/** Why the model would not, in the answer or beside it. */
function reasonOf({ refusal, remark }: NeutralAnswer): string {
  return refusal === '' ? remark : refusal;
}

function bare({ calls }: NeutralAnswer): readonly unknown[] {
  return calls.map(({ name, input }) => ({ name, input }));
}

function differences(pairs: Readonly<Record<string, readonly [expected: unknown, actual: unknown]>>): string[] {
  return Object.entries(pairs)
    .filter(([, [expected, actual]]) => !isDeepStrictEqual(plain(expected), plain(actual)))
    .map(([name, [expected, actual]]) => `${name}: ${show(actual)} instead of ${show(expected)}`);
}

/** As JSON has it: what an SDK parsed may have the prototypes of another realm. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify({ value }));
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, MAX_SHOWN_CHARACTERS);
}
