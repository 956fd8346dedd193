import type { ContentBlock, JsonObject, Message, ToolResultBlock } from '@sluice/core';
import { objectsMember, textOfBlocks } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';
import { idMember } from '../part/call-id.js';
import { encodeFunctionResponse } from '../part/encode-function-response.js';
import { encodeBlock } from './encode-block.js';
import type { RequestScope } from './request-scope.js';
import { withCallSignature } from './thought-signatures.js';

const ROLES = { user: 'user', assistant: 'model' } as const;

/** A content being put together. */
interface Turn {
  readonly role: 'user' | 'assistant';
  readonly parts: JsonObject[];
  /** Responses come first in a turn, in the order of their calls. */
  readonly responses: Map<string, JsonObject>;
  /** Media of results that cannot stand inside them. */
  readonly besides: JsonObject[];
  members: JsonObject;
}

interface OpenCall {
  readonly id: string;
  readonly name: string;
}

export interface EncodedContents {
  readonly systemInstruction?: JsonObject;
  readonly contents: readonly JsonObject[];
}

/**
 * `systemInstruction` and `contents`. Messages of one role that follow each other become one content; system messages are
 * gathered wherever they stand; the responses to a turn's calls stand at the beginning of the next content, all of them and
 * in the calls' order, because Google refuses anything else.
 */
export function encodeContents(messages: readonly Message[], scope: RequestScope): EncodedContents {
  const system = encodeSystem(messages, scope);
  const writer = new ContentsWriter(scope);
  for (const [index, message] of messages.entries()) {
    if (message.role !== 'system') writer.add(message, message.role, `/messages/${index}`);
  }
  const contents = withoutPrefill(writer.finish(), scope);
  if (system !== undefined && contents.length === 0) {
    scope.changed('/messages', 'Google refuses a request of system messages only; they were given to the user.');
    return { contents: [{ role: ROLES.user, parts: system['parts'] }] };
  }
  return { ...(system !== undefined && { systemInstruction: system }), contents };
}

/** The beginning of an answer that the client dictates: Google wants the last word to be the user's. */
function withoutPrefill(contents: readonly JsonObject[], scope: RequestScope): readonly JsonObject[] {
  const last = contents.at(-1);
  const isProse = objectsMember(last, 'parts').every(({ text }) => text !== undefined);
  if (contents.length < 2 || last?.['role'] !== ROLES.assistant || !isProse) return contents;
  scope.dropped('/messages', 'Google takes no beginning of an answer; the last message of the assistant was left out.');
  return contents.slice(0, -1);
}

function encodeSystem(messages: readonly Message[], scope: RequestScope): JsonObject | undefined {
  const parts: JsonObject[] = [];
  let members: JsonObject = {};
  for (const [index, message] of messages.entries()) {
    if (message.role !== 'system') continue;
    members = { ...members, ...carriedBy(message) };
    for (const [position, block] of message.content.entries()) {
      const path = `/messages/${index}/content/${position}`;
      if (block.type === 'tool-result') {
        scope.dropped(path, 'A tool result cannot stand in a system message.');
        continue;
      }
      const part = encodeBlock(block, path, scope);
      if (part !== undefined) parts.push(part);
    }
  }
  return parts.length === 0 ? undefined : { ...members, parts };
}

class ContentsWriter {
  readonly #scope: RequestScope;
  readonly #turns: Turn[] = [];
  /** Every call of the history by id. */
  readonly #names = new Map<string, string>();
  /** The calls of the last model turn, which the next turn has to answer. */
  #open: readonly OpenCall[] = [];

  constructor(scope: RequestScope) {
    this.#scope = scope;
  }

  add(message: Message, role: 'user' | 'assistant', path: string): void {
    const turn = this.#turnOf(role);
    const { role: ownRole, ...members } = carriedBy(message) ?? {};
    turn.members = { ...turn.members, ...members, ...(ownRole !== undefined && { role: ownRole }) };
    for (const [position, block] of message.content.entries()) {
      this.#addBlock(turn, block, `${path}/content/${position}`);
    }
  }

  finish(): readonly JsonObject[] {
    this.#close();
    const turns: Turn[] = [];
    for (const turn of this.#turns) {
      const last = turns.at(-1);
      if (turn.parts.length === 0) continue;
      if (last?.role !== turn.role) turns.push(turn);
      else turns.splice(-1, 1, { ...last, parts: [...last.parts, ...turn.parts] }); // nothing was left of the turn between
    }
    return turns.map(({ role, parts, members }) => ({ role: ROLES[role], ...members, parts }));
  }

  #turnOf(role: 'user' | 'assistant'): Turn {
    const last = this.#turns.at(-1);
    if (last?.role === role) return last;
    this.#close();
    const turn: Turn = { role, parts: [], responses: new Map(), besides: [], members: {} };
    this.#turns.push(turn);
    return turn;
  }

  #addBlock(turn: Turn, block: ContentBlock, path: string): void {
    if (block.type === 'tool-result') {
      this.#addResult(turn, block, path);
      return;
    }
    if (block.type === 'tool-call') {
      if (turn.role === 'user')
        return this.#scope.dropped(path, 'A tool call can only stand in a turn of the assistant.');
      this.#names.set(block.id, block.name);
    }
    const part = encodeBlock(block, path, this.#scope);
    if (part === undefined) return;
    turn.parts.push(part);
    if (block.type === 'tool-call') this.#open = [...this.#open, { id: block.id, name: block.name }];
  }

  /** A result of a call that is not in the history can be said in words only, unless it names its function itself. */
  #addResult(turn: Turn, block: ToolResultBlock, path: string): void {
    if (block.cache !== undefined) this.#scope.cacheMarker();
    const name = this.#names.get(block.callId) ?? block.name;
    const media = this.#mediaOf(block, path);
    if (name === undefined || turn.role === 'assistant') {
      this.#scope.changed(path, 'The call of this result is not in the history; Google is told the result as text.');
      const text = textOfBlocks(block.content, '\n');
      turn.parts.push(...(text === '' ? [] : [{ text }]), ...media);
      return;
    }
    if (turn.responses.has(block.callId))
      this.#scope.dropped(path, 'This call was answered twice; the later result counts.');
    const isNested = this.#scope.traits.isThirdGeneration || this.#scope.traits.thinking === 'any';
    const wireName = this.#scope.names.toWire(name);
    turn.responses.set(block.callId, encodeFunctionResponse(block, { name: wireName, media: isNested ? media : [] }));
    if (!isNested) turn.besides.push(...media);
  }

  #mediaOf(block: ToolResultBlock, path: string): readonly JsonObject[] {
    return block.content.flatMap((inner, position) => {
      const place = `${path}/content/${position}`;
      if (inner.type === 'text') return [];
      if (inner.type === 'image' || inner.type === 'document' || inner.type === 'audio' || inner.type === 'opaque') {
        const part = encodeBlock(inner, place, this.#scope);
        return part === undefined ? [] : [part];
      }
      this.#scope.dropped(place, `A ${inner.type} cannot stand inside a tool result.`);
      return [];
    });
  }

  /** The turn is complete: its calls get their signature, or its responses their order. */
  #close(): void {
    const turn = this.#turns.at(-1);
    if (turn === undefined) return;
    if (turn.role === 'assistant') {
      const needsProof = this.#scope.traits.isThirdGeneration;
      turn.parts.splice(0, Infinity, ...withCallSignature(turn.parts, { needsProof }));
      return;
    }
    const position = this.#turns.length - 1;
    const answered = this.#open.map((call) => turn.responses.get(call.id) ?? this.#missing(call, position));
    const known = new Set(this.#open.map(({ id }) => id));
    const others = [...turn.responses].filter(([id]) => !known.has(id)).map(([, response]) => response);
    turn.parts.unshift(...answered, ...others, ...turn.besides);
    this.#open = [];
  }

  #missing({ id, name }: OpenCall, position: number): JsonObject {
    this.#scope.changed(
      `/messages/${position}`,
      `The call of ${name} has no result in the history; Google is told so.`,
    );
    const response = { error: 'The history has no result of this call.' };
    return { functionResponse: { ...idMember(id), name: this.#scope.names.toWire(name), response } };
  }
}
