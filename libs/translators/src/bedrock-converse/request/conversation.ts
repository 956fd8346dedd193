import type { CacheMarker, JsonObject, ToolCallBlock, ToolResultBlock } from '@sluice/core';
import { deterministicId, UniqueIds } from '@sluice/translator-kit';
import type { WireMessage } from '../wire-types.js';
import { encodeResultParts, encodeToolResult, encodeToolUse, type BlockPlace } from './encode-block.js';
import type { RequestScope } from './request-scope.js';

/** Said for the user where Bedrock wants a turn and the client has none; empty text is refused. */
const FILLER: JsonObject = { text: 'Continue.' };

/** Said beside documents, which may not stand alone. */
const DOCUMENT_ATTACHED: JsonObject = { text: 'See the attached document.' };

/** What a call is answered with when the history does not say what it gave. */
const NO_RESULT: JsonObject = { text: 'The result of this call is not known.' };

interface OpenTurn {
  readonly role: 'user' | 'assistant';
  readonly content: JsonObject[];
  /** Ids of the calls in this turn, as they are sent. */
  readonly calls: string[];
  /** Results of these calls by their call's id, in the order in which they came, each with its cache point. */
  readonly answers: Map<string, readonly JsonObject[]>;
}

interface KnownCall {
  readonly turn: OpenTurn;
  readonly wireId: string;
}

/**
 * Brings a history into the order that Bedrock demands: user first, roles alternating, every call answered at the beginning
 * of the very next turn, every result after its call.
 *
 * ```text
 *  in    assistant[call A, call B] · user[text] · user[result B] · user[result A] · user[result X]
 *  out   assistant[call A, call B] · user[result B, result A, text, text of X]
 * ```
 */
export class Conversation {
  readonly #turns: OpenTurn[] = [];
  /** The latest call of each of the client's ids; clients use an id again in a later turn. */
  readonly #calls = new Map<string, KnownCall>();
  readonly #ids = new UniqueIds();
  #callCount = 0;

  constructor(private readonly scope: RequestScope) {}

  add(role: OpenTurn['role'], block: JsonObject, cache: CacheMarker | undefined, path: string): void {
    const { content } = this.#turn(role);
    content.push(block);
    if (cache !== undefined) this.#mark(content, cache, path);
  }

  addCall(block: ToolCallBlock, path: string): void {
    const turn = this.#turn('assistant');
    this.#callCount += 1;
    const id =
      block.id === '' ? deterministicId('tooluse_', [this.#callCount, block.name, block.argumentsJson]) : block.id;
    const wireId = this.scope.toolUseId(this.#ids.take(id));
    turn.content.push(encodeToolUse(block, wireId, path, this.scope));
    if (block.cache !== undefined) this.#mark(turn.content, block.cache, path);
    turn.calls.push(wireId);
    this.#calls.set(block.id, { turn, wireId });
  }

  /** A result goes to its call. Of several for one call the last counts; one without a call is told as what the user says. */
  addResult(block: ToolResultBlock, cache: CacheMarker | undefined, place: BlockPlace): void {
    const call = this.#calls.get(block.callId);
    if (call === undefined) return this.#addOrphan(block, place);
    const { turn, wireId } = call;
    if (turn.answers.has(wireId))
      this.scope.dropped(place.path, 'This call was answered before; only its last result is sent.');
    const answer = [encodeToolResult(block, wireId, place, this.scope)];
    if (cache !== undefined) this.#mark(answer, cache, place.path);
    turn.answers.set(wireId, answer);
  }

  /** Puts a cache point that stood on a block of which nothing is left behind the block before it in the same turn. */
  markLast(role: OpenTurn['role'], cache: CacheMarker, path: string): void {
    const turn = this.#turns.at(-1);
    if (turn?.role === role && turn.answers.size === 0) this.#mark(turn.content, cache, path);
  }

  /** The finished turns. */
  finish(): readonly WireMessage[] {
    const turns: { readonly role: OpenTurn['role']; readonly content: JsonObject[] }[] = [];
    for (const turn of this.#turns) {
      const last = turns.at(-1);
      if (last?.role === turn.role) last.content.push(...turn.content);
      else turns.push({ role: turn.role, content: [...turn.content] });
      if (turn.calls.length > 0) turns.push({ role: 'user', content: this.#answersTo(turn) });
    }
    if (turns[0]?.role !== 'user') {
      const what = turns.length === 0 ? 'There is no message' : 'The first message is not the user’s';
      this.scope.approximated('/messages', `${what}; Bedrock is sent a short one of the user.`);
      turns.unshift({ role: 'user', content: [FILLER] });
    }
    return turns.map((turn) => this.#withText(turn));
  }

  /** Consecutive turns of one role are one turn, unless results stand between them. */
  #turn(role: OpenTurn['role']): OpenTurn {
    const last = this.#turns.at(-1);
    if (last?.role === role && last.answers.size === 0) return last;
    const turn: OpenTurn = { role, content: [], calls: [], answers: new Map() };
    this.#turns.push(turn);
    return turn;
  }

  /** A point cannot begin a turn and stands behind neither another one nor reasoning. */
  #mark(content: JsonObject[], cache: CacheMarker, path: string): void {
    const last = content.at(-1);
    if (last === undefined || 'cachePoint' in last || 'reasoningContent' in last) {
      return this.scope.dropped(path, 'A cache point has no place here.');
    }
    const point = this.scope.cachePoint(cache, path, 'content');
    if (point !== undefined) content.push(point);
  }

  #addOrphan(block: ToolResultBlock, place: BlockPlace): void {
    const parts = block.callId === '' ? [] : encodeResultParts(block, place, this.scope);
    if (parts.length === 0) return this.scope.dropped(place.path, 'This tool result belongs to no call.');
    this.scope.changed(place.path, 'This tool result belongs to no call; it is sent as what the user says.');
    for (const part of parts) this.add('user', part, undefined, place.path);
  }

  #answersTo({ calls, answers }: OpenTurn): JsonObject[] {
    const missing = calls.filter((id) => !answers.has(id));
    for (const id of missing)
      this.scope.approximated('/messages', `The call ${id} has no result; Bedrock is told that it is not known.`);
    const status = this.scope.traits.hasResultStatus ? { status: 'error' } : {};
    const made = missing.map((toolUseId) => ({ toolResult: { toolUseId, content: [NO_RESULT], ...status } }));
    return [...[...answers.values()].flat(), ...made];
  }

  #withText({ role, content }: WireMessage): WireMessage {
    const needsText = content.some((block) => 'document' in block) && !content.some((block) => 'text' in block);
    if (!needsText) return { role, content };
    this.scope.approximated('/messages', 'A document may not stand without text; a short one was added.');
    return { role, content: [...content, DOCUMENT_ATTACHED] };
  }
}
