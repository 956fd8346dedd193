import type { JsonObject, ToolCallBlock, ToolResultBlock } from '@sluice/core';
import { deterministicId } from '@sluice/translator-kit';
import { encodeResultParts, encodeToolCall, encodeToolResult, type BlockPlace } from './encode-block.js';
import type { RequestScope } from './request-scope.js';

/** Said for the user where Anthropic wants a turn and the client has none; empty text is refused. */
const FILLER: JsonObject = { type: 'text', text: 'Continue.' };

/** What a call is answered with when the history does not say what it gave. */
const NO_RESULT = 'The result of this call is not known.';

const NO_MEMBERS: JsonObject = {};

export interface Turn {
  readonly role: 'user' | 'assistant' | 'system';
  readonly content: JsonObject[];
  /** Members of a turn beside role and content. */
  readonly members: JsonObject;
}

interface OpenTurn extends Turn {
  /** Ids of the calls in this turn, as they are sent. */
  readonly calls: string[];
  /** Results of these calls by their call's id, in the order in which they came. */
  readonly answers: Map<string, JsonObject>;
  /** Members of the message that the results stood in. */
  answerMembers: JsonObject;
}

interface KnownCall {
  readonly turn: OpenTurn;
  readonly wireId: string;
}

/**
 * Brings a history into the order that Anthropic demands: user first, roles alternating, every call answered at the
 * beginning of the very next turn, every result after its call.
 *
 * ```text
 *  in    assistant[call A, call B] · user[text] · user[result B] · user[result A] · user[result X]
 *  out   assistant[call A, call B] · user[result B, result A, text, text of X]
 * ```
 */
export class Conversation {
  readonly #scope: RequestScope;
  readonly #turns: OpenTurn[] = [];
  /** The latest call of each of the client's ids; clients use an id again in a later turn. */
  readonly #calls = new Map<string, KnownCall>();
  #callCount = 0;

  constructor(scope: RequestScope) {
    this.#scope = scope;
  }

  /** Adds a block that is neither call nor result. `members` keep turns apart that carry members of their own. */
  add(role: Turn['role'], block: JsonObject, members: JsonObject = NO_MEMBERS): void {
    this.#turn(role, members).content.push(block);
  }

  addCall(block: ToolCallBlock, place: BlockPlace, members: JsonObject = NO_MEMBERS): void {
    const turn = this.#turn('assistant', members);
    const wireId = this.#scope.ids.toWire(this.#distinctId(block));
    this.#callCount += 1;
    turn.content.push(encodeToolCall(block, wireId, place, this.#scope));
    turn.calls.push(wireId);
    this.#calls.set(block.id, { turn, wireId });
  }

  /** A result goes to its call. Of several for one call the last counts; one without a call is told as text. */
  addResult(block: ToolResultBlock, place: BlockPlace, members: JsonObject = NO_MEMBERS): void {
    const call = this.#calls.get(block.callId);
    if (call === undefined) return this.#addOrphan(block, place, members);
    const { turn, wireId } = call;
    if (turn.answers.has(wireId)) {
      this.#scope.dropped(place.path, 'This call was answered before; only its last result is sent.');
    }
    turn.answers.set(wireId, encodeToolResult(block, wireId, place, this.#scope));
    if (isEmpty(turn.answerMembers)) turn.answerMembers = members;
  }

  /** Puts a cache marker that stood on an empty block on the block before it in the same turn. */
  moveCacheBack(role: Turn['role'], control: JsonObject): void {
    const turn = this.#turns.at(-1);
    const last = turn?.content.at(-1);
    if (turn?.role !== role || last === undefined || last['cache_control'] !== undefined || isThinking(last)) return;
    turn.content[turn.content.length - 1] = { ...last, ...control };
  }

  /** The finished turns. */
  finish(): readonly Turn[] {
    const turns: Turn[] = [];
    let answered: Turn | undefined;
    for (const turn of this.#turns) {
      if (answered !== undefined && joins(answered, turn)) answered.content.push(...turn.content);
      else turns.push({ role: turn.role, content: [...turn.content], members: turn.members });
      answered = this.#answersTo(turn);
      if (answered !== undefined) turns.push(answered);
    }
    const first = turns.find(({ role }) => role !== 'system');
    if (first?.role !== 'user') turns.unshift(this.#filler(first === undefined));
    return turns;
  }

  /** Consecutive turns of one role are one turn, unless results stand between them. */
  #turn(role: Turn['role'], members: JsonObject): OpenTurn {
    const last = this.#turns.at(-1);
    if (last !== undefined && role !== 'system' && last.answers.size === 0 && joins(last, { role, members }))
      return last;
    const turn: OpenTurn = { role, content: [], members, calls: [], answers: new Map(), answerMembers: NO_MEMBERS };
    this.#turns.push(turn);
    return turn;
  }

  /** The client's id, or one made up from the call's place and words; different from those of all earlier calls. */
  #distinctId({ id, name, argumentsJson }: ToolCallBlock): string {
    if (id === '') return deterministicId('toolu_', [this.#callCount, name, argumentsJson]);
    return this.#calls.has(id) ? `${id}_${this.#callCount + 1}` : id;
  }

  #addOrphan(block: ToolResultBlock, place: BlockPlace, members: JsonObject): void {
    const parts = block.callId === '' ? [] : encodeResultParts(block, place, this.#scope);
    if (parts.length === 0) {
      this.#scope.dropped(place.path, 'This tool result belongs to no call.');
      return;
    }
    this.#scope.changed(place.path, 'This tool result belongs to no call; it is sent as what the user says.');
    for (const part of parts) this.add('user', part, members);
  }

  /** The turn with the results of a turn's calls. */
  #answersTo({ calls, answers, answerMembers }: OpenTurn): Turn | undefined {
    if (calls.length === 0) return undefined;
    const missing = calls.filter((id) => !answers.has(id));
    for (const id of missing) {
      this.#scope.approximated('/messages', `The call ${id} has no result; Anthropic is told that it is not known.`);
    }
    const made = missing.map((id) => ({ type: 'tool_result', tool_use_id: id, content: NO_RESULT, is_error: true }));
    return { role: 'user', content: [...answers.values(), ...made], members: answerMembers };
  }

  #filler(isOnly: boolean): Turn {
    const message = isOnly ? 'There is no message' : 'The first message is not the user’s';
    this.#scope.approximated('/messages', `${message}; Anthropic is sent a short one of the user.`);
    return { role: 'user', content: [FILLER], members: NO_MEMBERS };
  }
}

/** Whether two neighbours are one turn: of the same role, and without members that only one of them has. */
function joins(before: Pick<Turn, 'role' | 'members'>, next: Pick<Turn, 'role' | 'members'>): boolean {
  if (before.role !== next.role) return false;
  return before.members === next.members || (isEmpty(before.members) && isEmpty(next.members));
}

function isEmpty(members: JsonObject): boolean {
  return Object.keys(members).length === 0;
}

/** Blocks that take no cache marker. */
function isThinking({ type }: JsonObject): boolean {
  return type === 'thinking' || type === 'redacted_thinking';
}
