/**
 * What became of an answer that the vendor gave as a success and that has a flaw. `told`: the client got it, with words that
 * say so where the format has some. `repaired`: the vendor was asked again, and the client got that answer. `repeated`: that
 * one has a flaw, too, and the client got the first. `refused`: asking again failed, and the client got the first, or what had
 * come of the second.
 */
export type FlawOutcome = 'told' | 'repaired' | 'repeated' | 'refused';

/** What was wrong with an exchange's answer. */
export interface AnswerFlaw {
  /** In the words of the vendor's format: `cut-call`. */
  readonly flaw: string;
  readonly outcome: FlawOutcome;
}
