/** Ends a text that the vendor cut, before the failure is told. Clients that keep what they got bring it back in the history. */
export const CUT_ANSWER_TEXT = '\n\n[The vendor cut off the answer here.]';

export const CUT_ANSWER_GUIDANCE =
  '[Note from the gateway: the last answer was cut off on its way, because it was too long. ' +
  'Go on where it stopped, without repeating it, and keep each answer shorter.]';

/** Whether an answer of the history ends where it was cut; clients may trim it. */
export function isCutAnswer(text: string): boolean {
  return text.trimEnd().endsWith(CUT_ANSWER_TEXT.trim());
}
