import type { EncodeWarnings } from './encode-warnings.js';
import { userTurn, type AssistantTurn, type Turn, type TurnCall, type TurnResult, type UserTurn } from './turn.js';

/**
 * Makes every call answered exactly once, in the turn that follows it and in the order of the calls; the vendor refuses
 * anything else. Calls and results are matched between neighbours only, because clients use an id again in a later turn; the
 * later one is renamed on both sides.
 *
 * - A result without its call becomes text. A second result for a call is dropped.
 * - A call without a result is taken out of the history.
 *
 * @param turns alternating, ending with a user turn
 */
export function pairToolResults(turns: readonly Turn[], warnings: EncodeWarnings): readonly Turn[] {
  const usedIds = new Set<string>();
  const paired: Turn[] = [];
  for (const turn of turns) {
    const previous = paired.at(-1);
    if (turn.role === 'assistant') {
      paired.push(turn);
    } else if (previous?.role !== 'assistant') {
      paired.push(withoutOrphans(turn, new Set(), warnings));
    } else {
      const { calls, results } = matchPair(previous, turn, usedIds, warnings);
      paired[paired.length - 1] = { ...previous, calls };
      const known = new Set(previous.calls.map(({ id }) => id));
      paired.push({ ...withoutOrphans(turn, known, warnings), results });
    }
  }
  return paired;
}

interface Pair {
  readonly calls: readonly TurnCall[];
  readonly results: readonly TurnResult[];
}

function matchPair(assistant: AssistantTurn, user: UserTurn, usedIds: Set<string>, warnings: EncodeWarnings): Pair {
  const resultOf = firstById(user.results, warnings);
  const calls: TurnCall[] = [];
  const results: TurnResult[] = [];
  const answered = new Set<string>();
  for (const call of assistant.calls) {
    const result = resultOf.get(call.id);
    if (result === undefined || answered.has(call.id)) {
      warnings.add(call.path, 'dropped', 'Kiro refuses calls without a result: an unanswered call is not sent.');
      continue;
    }
    answered.add(call.id);
    const id = freeId(call.id, usedIds);
    usedIds.add(id);
    calls.push({ ...call, id });
    results.push({ ...result, toolUseId: id });
  }
  return { calls, results };
}

function firstById(results: readonly TurnResult[], warnings: EncodeWarnings): ReadonlyMap<string, TurnResult> {
  const byId = new Map<string, TurnResult>();
  for (const result of results) {
    if (!byId.has(result.toolUseId)) byId.set(result.toolUseId, result);
    else warnings.add(result.path, 'dropped', 'Kiro takes one result per call: a second one is not sent.');
  }
  return byId;
}

/** The turn with results of unknown calls told as text, and without results of its own. */
function withoutOrphans(turn: UserTurn, known: ReadonlySet<string>, warnings: EncodeWarnings): UserTurn {
  const orphans = turn.results.filter(({ toolUseId }) => !known.has(toolUseId));
  const texts = orphans.map(({ toolUseId, content, path }) => {
    warnings.add(path, 'changed', 'Kiro refuses results without their call: such a result is sent as text.');
    return `[Result of tool call ${toolUseId}]\n${content.map(({ text }) => text).join('\n')}`;
  });
  const text = [...texts, turn.text].filter((part) => part !== '').join('\n');
  return userTurn({ text, images: turn.images });
}

function freeId(id: string, used: ReadonlySet<string>): string {
  let free = id;
  for (let round = 2; used.has(free); round += 1) free = `${id}#${round}`;
  return free;
}
