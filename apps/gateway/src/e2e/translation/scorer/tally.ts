import { SCORES, type Score, type Verdict } from './compare-answers.js';
import type { ExpectedFailure } from './expected-failures.js';

/** The verdicts on one answer. */
export interface Scored {
  readonly answer: string;
  readonly verdicts: readonly Verdict[];
}

/** The share of answers that agree, in percent; 100 where nothing was compared. */
export function percentOf(scored: readonly Scored[], score: Score): number {
  const { agreed, compared } = count(scored, score);
  return compared === 0 ? 100 : (100 * agreed) / compared;
}

/** `core 57/58, reasoning 12/12, usage 40/41, signature –` */
export function summaryOf(scored: readonly Scored[]): string {
  return SCORES.map((score) => {
    const { agreed, compared } = count(scored, score);
    return `${score} ${compared === 0 ? '–' : `${agreed}/${compared}`}`;
  }).join(', ');
}

/** What differs although nobody expects it, a line for each. */
export function unexpectedOf(scored: readonly Scored[], expected: readonly ExpectedFailure[]): readonly string[] {
  return failuresOf(scored)
    .filter(({ answer, score }) => !expected.some((entry) => entry.answer === answer && entry.score === score))
    .map(({ answer, score, reasons }) => `${answer}: ${score}: ${reasons.join('; ')}`);
}

/** Entries whose answer was compared and agrees. An answer that was not there says nothing about its entry. */
export function staleOf(scored: readonly Scored[], expected: readonly ExpectedFailure[]): readonly string[] {
  const answers = new Set(scored.map(({ answer }) => answer));
  const failures = failuresOf(scored);
  return expected
    .filter((entry) => answers.has(entry.answer))
    .filter((entry) => !failures.some(({ answer, score }) => entry.answer === answer && entry.score === score))
    .map(({ answer, score }) => `${answer}: ${score}`);
}

function failuresOf(scored: readonly Scored[]): readonly (Verdict & { readonly answer: string })[] {
  return scored.flatMap(({ answer, verdicts }) =>
    verdicts.filter(({ reasons }) => reasons.length > 0).map((verdict) => ({ answer, ...verdict })),
  );
}

function count(scored: readonly Scored[], score: Score): { readonly agreed: number; readonly compared: number } {
  const verdicts = scored.flatMap((row) => row.verdicts).filter((verdict) => verdict.score === score);
  return { agreed: verdicts.filter(({ reasons }) => reasons.length === 0).length, compared: verdicts.length };
}
