import type { Message } from '@sluice/core';

/** A tool call that the vendor cut before its arguments were complete. Told in the answer's extensions, so that one who asks again knows why. */
export type CutCall = {
  readonly id: string;
  /** The client's name of the tool. */
  readonly name: string;
  /** How much of the arguments had come. */
  readonly receivedChars: number;
  /** What to tell the model when it is asked again. */
  readonly guidance: string;
};

/** Lines that the model is advised to write in one call: less after every further cut. */
const ADVISED_LINES = [300, 200, 100, 50] as const;

const CUT_TEXT = /\[The vendor cut off a call of the tool "([^"\n]*)" before its arguments were complete/g;

/** What the client reads in place of the call; it comes back in the history. */
export function cutCallText(name: string): string {
  return (
    `[The vendor cut off a call of the tool "${name}" before its arguments were complete, so it was not made. ` +
    'Split the work into several smaller calls.]'
  );
}

/** Tools whose cut calls a text tells of, in order. */
export function cutToolsIn(text: string): readonly string[] {
  return [...text.matchAll(CUT_TEXT)].map(([, name = '']) => name);
}

/** How often the assistant's turns of a conversation tell of a cut call of the tool. */
export function cutsInHistory(messages: readonly Message[], name: string): number {
  const texts = messages.filter(({ role }) => role === 'assistant').flatMap(({ content }) => content);
  return texts.flatMap((block) => (block.type === 'text' ? cutToolsIn(block.text) : [])).filter((tool) => tool === name)
    .length;
}

/** @param earlierCuts how often the tool was cut before, in the same conversation */
export function cutCallGuidance(name: string, earlierCuts: number): string {
  const lines = ADVISED_LINES[Math.min(earlierCuts, ADVISED_LINES.length - 1)] ?? ADVISED_LINES[0];
  return (
    `[Note from the gateway: the call of the tool "${name}" was too long. It was cut off on its way and was not made; ` +
    `nothing was changed by it. Do not repeat it as it was. Do the work in several calls of at most ${lines} lines each.]`
  );
}
