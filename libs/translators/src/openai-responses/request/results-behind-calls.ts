import type { Message } from '@sluice/core';

/**
 * Brings the results of calls directly behind the message that made them. This format lets the client speak in between (an
 * agent is told something while its tool runs), most others do not; what was said is heard after the result.
 *
 * ```text
 *  in    assistant[call A] · user[text] · user[result A] · user[text]
 *  out   assistant[call A] · user[result A] · user[text] · user[text]
 * ```
 */
export function resultsBehindCalls(messages: readonly Message[]): readonly Message[] {
  const ordered: Message[] = [];
  for (const message of messages) ordered.splice(placeOf(message, ordered), 0, message);
  return ordered;
}

/** Behind its calls if only messages of the client stand between, else at the end. */
function placeOf(message: Message, before: readonly Message[]): number {
  const ids = message.content.map((block) => (block.type === 'tool-result' ? block.callId : undefined));
  const caller = before.findLastIndex(({ role }) => role === 'assistant');
  const called = new Set(before[caller]?.content.map((block) => (block.type === 'tool-call' ? block.id : undefined)));
  if (ids.length === 0 || !ids.every((id) => id !== undefined && called.has(id))) return before.length;
  let place = caller + 1;
  while (before[place]?.content.some(({ type }) => type === 'tool-result') === true) place += 1;
  return place;
}
