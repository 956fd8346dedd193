import type { JsonObject } from '@sluice/core';
import { objectsMember, textMember } from '@sluice/translator-kit';
import type { RequestScope } from './encode-content.js';

/** What a call is answered with when the history does not say what it gave. */
const NO_RESULT = 'The result of this call is not known.';

/** A message, and where it holds calls the results that stand behind it, whatever stood between. */
interface Answered {
  readonly message: JsonObject;
  readonly results: JsonObject[];
}

/**
 * Vendors refuse calls that the very next messages do not answer. Results move behind their call; one that the conversation
 * went on without is said to be unknown. A result that belongs to no call stays where it is.
 */
export function answerCalls(messages: readonly JsonObject[], { warnings }: RequestScope): readonly JsonObject[] {
  const answered: Answered[] = [];
  /** The latest call of each id: some vendors count from zero in every turn. */
  const calls = new Map<string, Answered>();
  for (const message of messages) {
    const caller = message['role'] === 'tool' ? calls.get(textMember(message, 'tool_call_id') ?? '') : undefined;
    if (caller !== undefined) {
      caller.results.push(message);
      continue;
    }
    const opened = { message, results: [] };
    answered.push(opened);
    for (const id of callsOf(message)) calls.set(id, opened);
  }
  return answered.flatMap((entry, index) => {
    const isLast = index === answered.length - 1; // results may be on their way
    return [entry.message, ...entry.results, ...(isLast ? [] : unknownResults(entry, warnings))];
  });
}

function unknownResults({ message, results }: Answered, warnings: RequestScope['warnings']): readonly JsonObject[] {
  const known = new Set(results.map((result) => textMember(result, 'tool_call_id') ?? ''));
  return callsOf(message)
    .filter((id) => !known.has(id))
    .map((id) => {
      warnings.approximated('/messages', `The call ${id} has no result; the vendor is told that it is not known.`);
      return { role: 'tool', tool_call_id: id, content: NO_RESULT };
    });
}

function callsOf(message: JsonObject): readonly string[] {
  return objectsMember(message, 'tool_calls').map((call) => textMember(call, 'id') ?? '');
}
