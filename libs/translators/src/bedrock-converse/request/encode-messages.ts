import type { CacheMarker, ContentBlock, JsonObject, Message, ToolCallBlock, ToolResultBlock } from '@sluice/core';
import type { WireMessage } from '../wire-types.js';
import { Conversation } from './conversation.js';
import { encodeBlock, encodeResultParts, isReplayable, type BlockPlace } from './encode-block.js';
import type { RequestScope } from './request-scope.js';

export interface EncodedMessages {
  readonly system: readonly JsonObject[];
  readonly turns: readonly WireMessage[];
}

export interface MessageOptions {
  readonly scope: RequestScope;
  /** Whether calls and results can only be told in words: Bedrock takes them only beside a declaration of tools. */
  readonly tellsCalls: boolean;
}

/** `system` and `messages`. System messages are gathered, wherever they stand. */
export function encodeMessages(messages: readonly Message[], options: MessageOptions): EncodedMessages {
  const { scope } = options;
  const conversation = new Conversation(scope);
  const system: JsonObject[] = [];
  for (const [index, message] of messages.entries()) {
    const path = `/messages/${index}`;
    if (message.role !== 'system') encodeTurn(message.role, message.content, { ...options, path, conversation });
    else {
      const isLate = messages.slice(0, index).some(({ role }) => role !== 'system');
      if (isLate) scope.changed(path, 'Bedrock has one system prompt; instructions from later on moved to it.');
      system.push(...encodeSystem(message, path, scope));
    }
  }
  return { system, turns: withoutTrailingSpace(conversation.finish(), scope) };
}

function encodeSystem({ content }: Message, path: string, scope: RequestScope): readonly JsonObject[] {
  const blocks: JsonObject[] = [];
  for (const [index, block] of content.entries()) {
    const place: BlockPlace = { role: 'system', path: `${path}/content/${index}` };
    if (block.type === 'tool-call' || block.type === 'tool-result') {
      scope.dropped(place.path, `A ${block.type} cannot stand in a system message.`);
      continue;
    }
    const encoded = encodeBlock(block, place, scope);
    if (encoded === undefined) continue;
    blocks.push(encoded);
    const point = block.cache && scope.cachePoint(block.cache, place.path, 'content');
    if (point !== undefined) blocks.push(point);
  }
  return blocks;
}

interface TurnOptions extends MessageOptions {
  readonly path: string;
  readonly conversation: Conversation;
}

function encodeTurn(role: 'user' | 'assistant', content: readonly ContentBlock[], options: TurnOptions): void {
  const { scope, conversation, tellsCalls } = options;
  const keepsBlanks = role === 'assistant' && content.some((block) => isSigned(block, scope));
  for (const [index, block] of content.entries()) {
    const place: BlockPlace = { role, path: `${options.path}/content/${index}`, keepsBlanks };
    if (block.type === 'tool-call' && role === 'user') {
      scope.dropped(place.path, 'A tool call can only stand in a turn of the assistant.');
    } else if (block.type === 'tool-call' || block.type === 'tool-result') {
      if (tellsCalls) tell(block, place, options);
      else if (block.type === 'tool-call') conversation.addCall(block, place.path);
      else conversation.addResult(block, cacheOf(block), place);
    } else {
      const encoded = encodeBlock(block, place, scope);
      if (encoded !== undefined) conversation.add(role, encoded, block.cache, place.path);
      else if (block.cache !== undefined) conversation.markLast(role, block.cache, place.path);
    }
  }
}

/** A call or a result in words, with what the result shows. */
function tell(block: ToolCallBlock | ToolResultBlock, place: BlockPlace, { scope, conversation }: TurnOptions): void {
  scope.approximated(place.path, 'The request declares no tools, so that this is told in words.');
  if (block.type === 'tool-call') {
    const text = `[Called the tool ${block.name} with ${block.argumentsJson || '{}'}]`;
    return conversation.add('assistant', { text }, block.cache, place.path);
  }
  const parts = [{ text: `[The tool call ${block.callId} gave:]` }, ...encodeResultParts(block, place, scope)];
  for (const part of parts.slice(0, -1)) conversation.add('user', part, undefined, place.path);
  for (const part of parts.slice(-1)) conversation.add('user', part, cacheOf(block), place.path);
}

/** Results have no points inside: one there stands behind the result. */
function cacheOf({ cache, content }: ToolResultBlock): CacheMarker | undefined {
  return cache ?? content.findLast((part) => part.cache !== undefined)?.cache;
}

function isSigned(block: ContentBlock, scope: RequestScope): boolean {
  return block.type === 'reasoning' && isReplayable(block, scope);
}

/** The beginning of an answer that the client dictates must not end with white space. */
function withoutTrailingSpace(turns: readonly WireMessage[], scope: RequestScope): readonly WireMessage[] {
  const last = turns.at(-1);
  const block = last?.content.at(-1);
  const text = block?.['text'];
  if (last?.role !== 'assistant' || typeof text !== 'string') return turns;
  const trimmed = text.trimEnd();
  if (trimmed === text) return turns;
  scope.changed('/messages', 'White space at the end of the last message of the assistant is refused and was cut.');
  return [...turns.slice(0, -1), { ...last, content: [...last.content.slice(0, -1), { ...block, text: trimmed }] }];
}
