import type { CanonicalRequest, ContentBlock, JsonObject, Message, ToolResultBlock } from '@sluice/core';
import { restoreMembers } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';
import { answerCalls } from './answer-calls.js';
import { encodeAssistant } from './encode-assistant.js';
import { contentOf, encodePart, messageRest, type RequestScope } from './encode-content.js';
import { encodeSystem } from './encode-system.js';
import { encodeToolResult } from './encode-tool-result.js';

/** The conversation as `messages`. Tool results become messages of their own, which stand behind their calls. */
export function encodeMessages({ messages }: CanonicalRequest, scope: RequestScope): readonly JsonObject[] {
  const writer = new MessageWriter(scope, lastPromptOf(messages));
  for (const [index, message] of messages.entries()) writer.add(withOwnCache(message), index);
  return answerCalls(writer.finish(), scope);
}

class MessageWriter {
  readonly #scope: RequestScope;
  readonly #lastPrompt: number;
  readonly #written: JsonObject[] = [];
  /** Media of tool results: they follow all results, in the next message of the user. */
  #media: JsonObject[] = [];

  constructor(scope: RequestScope, lastPrompt: number) {
    this.#scope = scope;
    this.#lastPrompt = lastPrompt;
  }

  add(message: Message, index: number): void {
    if (message.role === 'user') return this.#addUser(message, index);
    this.#flushMedia();
    const path = `/messages/${index}`;
    const encoded =
      message.role === 'system'
        ? encodeSystem(message, { path, isFirst: this.#written.every(isSystem), scope: this.#scope })
        : encodeAssistant(message, { path, isInToolLoop: index > this.#lastPrompt, scope: this.#scope });
    if (encoded !== undefined) this.#written.push(encoded);
  }

  finish(): readonly JsonObject[] {
    this.#flushMedia();
    return this.#written;
  }

  #addUser(message: Message, index: number): void {
    const parts: JsonObject[] = [];
    let results = 0;
    for (const [position, block] of message.content.entries()) {
      const path = `/messages/${index}/content/${position}`;
      if (block.type === 'tool-result') {
        this.#addResult(block, path, message);
        results += 1;
        continue;
      }
      const part = encodePart(block, path, this.#scope);
      if (part !== undefined) parts.push(part);
    }
    const saidNothing = message.content.length === 0;
    if (parts.length === 0 && !saidNothing) return;
    const content = contentOf([...this.#media, ...parts]);
    this.#media = [];
    const carried = results === 0 ? messageRest(carriedBy(message)) : undefined;
    this.#written.push(restoreMembers({ role: 'user', content }, carried));
  }

  #addResult(block: ToolResultBlock, path: string, message: Message): void {
    const { wire, media } = encodeToolResult(block, path, this.#scope);
    const isWholeMessage = message.content.length === 1;
    this.#written.push(isWholeMessage ? restoreMembers(wire, messageRest(carriedBy(message))) : wire);
    this.#media.push(...media);
  }

  #flushMedia(): void {
    if (this.#media.length === 0) return;
    this.#written.push({ role: 'user', content: this.#media });
    this.#media = [];
  }
}

/** Where the user last said something himself: what comes after it is one tool loop. */
function lastPromptOf(messages: readonly Message[]): number {
  return messages.findLastIndex(
    ({ role, content }) => role === 'user' && content.some(({ type }) => type !== 'tool-result'),
  );
}

function isSystem({ role }: JsonObject): boolean {
  return role === 'system' || role === 'developer';
}

/** A breakpoint that stands at the message itself need not be said again at its last block. */
function withOwnCache(message: Message): Message {
  const carried = carriedBy(message);
  if (carried === undefined || !('cache_control' in carried || 'prompt_cache_breakpoint' in carried)) return message;
  const last = message.content.at(-1);
  if (last === undefined) return message;
  return { ...message, content: [...message.content.slice(0, -1), withoutCache(last)] };
}

function withoutCache(block: ContentBlock): ContentBlock {
  if (block.type === 'tool-result') {
    const last = block.content.at(-1);
    return last === undefined ? block : { ...block, content: [...block.content.slice(0, -1), withoutCache(last)] };
  }
  const { cache, ...rest } = block;
  return cache === undefined || carriedBy(block)?.['cache_control'] !== undefined ? block : rest;
}
