import type { ContentBlock, JsonObject, JsonValue, Message } from '@sluice/core';
import { Conversation, type Turn } from './conversation.js';
import { encodeBlock, type BlockPlace } from './encode-block.js';
import { carriedBy } from './node-rest.js';
import type { RequestScope } from './request-scope.js';

export interface EncodedMessages {
  readonly system: readonly JsonObject[];
  readonly turns: readonly Turn[];
}

/**
 * `system` and `messages`. System messages are gathered, wherever they stand, except for those that an Anthropic client
 * put among its turns itself.
 */
export function encodeMessages(messages: readonly Message[], scope: RequestScope): EncodedMessages {
  const conversation = new Conversation(scope);
  const system: JsonObject[] = [];
  for (const [index, message] of messages.entries()) {
    const { role, ...members } = carriedBy(message) ?? {};
    const path = `/messages/${index}/content`;
    if (message.role === 'system' && role !== 'system') system.push(...encodeSystem(message, path, scope));
    else encodeTurn(message, members, { path, scope, conversation });
  }
  return { system, turns: withoutTrailingSpace(conversation.finish(), scope) };
}

/** The turns as they are sent. */
export function turnsToJson(turns: readonly Turn[]): readonly JsonValue[] {
  return turns.map(({ role, content, members }) => ({ role, content, ...members }));
}

function encodeSystem({ content }: Message, path: string, scope: RequestScope): readonly JsonObject[] {
  const blocks: JsonObject[] = [];
  for (const [index, block] of content.entries()) {
    const place: BlockPlace = { role: 'system', path: `${path}/${index}` };
    const encoded = isPaired(block) ? undefined : encodeBlock(block, place, scope);
    if (isPaired(block)) scope.dropped(place.path, `A ${block.type} cannot stand in a system message.`);
    if (encoded !== undefined) blocks.push(encoded);
  }
  return blocks;
}

interface TurnPlace {
  readonly path: string;
  readonly scope: RequestScope;
  readonly conversation: Conversation;
}

function encodeTurn({ role, content }: Message, members: JsonObject, { path, scope, conversation }: TurnPlace): void {
  for (const [index, block] of content.entries()) {
    const place: BlockPlace = { role, path: `${path}/${index}` };
    if (block.type === 'tool-result') conversation.addResult(block, place, members);
    else if (block.type === 'tool-call') {
      if (role === 'assistant') conversation.addCall(block, place, members);
      else scope.dropped(place.path, 'A tool call can only stand in a turn of the assistant.');
    } else {
      const encoded = encodeBlock(block, place, scope);
      if (encoded !== undefined) conversation.add(role, encoded, members);
      else if (block.type === 'text' && block.cache !== undefined) {
        conversation.moveCacheBack(role, scope.cacheControl(block.cache, place.path));
      }
    }
  }
}

function isPaired(block: ContentBlock): block is Extract<ContentBlock, { type: 'tool-call' | 'tool-result' }> {
  return block.type === 'tool-call' || block.type === 'tool-result';
}

/** The beginning of an answer that the client dictates must not end with white space. */
function withoutTrailingSpace(turns: readonly Turn[], scope: RequestScope): readonly Turn[] {
  const last = turns.at(-1);
  const block = last?.content.at(-1);
  const text = block?.['text'];
  if (last?.role !== 'assistant' || block?.['type'] !== 'text' || typeof text !== 'string') return turns;
  const trimmed = text.trimEnd();
  if (trimmed === text) return turns;
  scope.changed('/messages', 'White space at the end of the last message of the assistant is refused and was cut.');
  return [...turns.slice(0, -1), { ...last, content: [...last.content.slice(0, -1), { ...block, text: trimmed }] }];
}
