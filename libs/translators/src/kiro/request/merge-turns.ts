import { assistantTurn, userTurn, type Turn } from './turn.js';

const BETWEEN_USER_TEXTS = '\n';
const BETWEEN_ASSISTANT_TEXTS = '\n\n';

/** One turn where several of one role follow each other: the vendor refuses a conversation that does not alternate. */
export function mergeTurns(turns: readonly Turn[]): readonly Turn[] {
  const merged: Turn[] = [];
  for (const turn of turns) {
    const last = merged.at(-1);
    const joined = last && joinTurns(last, turn);
    if (joined === undefined) merged.push(turn);
    else merged[merged.length - 1] = joined;
  }
  return merged;
}

function joinTurns(first: Turn, second: Turn): Turn | undefined {
  if (first.role === 'user' && second.role === 'user') {
    return userTurn({
      text: joinTexts(first.text, second.text, BETWEEN_USER_TEXTS),
      images: [...first.images, ...second.images],
      results: [...first.results, ...second.results],
    });
  }
  if (first.role === 'assistant' && second.role === 'assistant') {
    return assistantTurn({
      text: joinTexts(first.text, second.text, BETWEEN_ASSISTANT_TEXTS),
      calls: [...first.calls, ...second.calls],
      reasoning: [...first.reasoning, ...second.reasoning],
    });
  }
  return undefined;
}

function joinTexts(first: string, second: string, separator: string): string {
  return first === '' || second === '' ? first + second : first + separator + second;
}
