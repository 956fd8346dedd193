import type { CanonicalRequest, ContentBlock, JsonObject, Message, ToolCallBlock, ToolResultBlock } from '@sluice/core';
import { restoreMembers, withoutMembers } from '@sluice/translator-kit';
import { carriedBy, FORMAT } from '../carried.js';
import type { TextType } from '../items/decode-part.js';
import { callItem, carriedSpelling, reasoningItem } from '../items/encode-item.js';
import { encodePart } from '../items/encode-part.js';
import type { RequestScope } from './request-scope.js';
import { answerCalls } from './answer-calls.js';

const MESSAGE_MARKS = ['content', 'role', 'type', 'input', 'instructions'];
const ERROR_PREFIX = 'Error: ';

export interface EncodedInput {
  readonly instructions?: string;
  readonly input: string | readonly JsonObject[];
}

/**
 * `instructions` and `input`. System messages at the beginning that are text become the instructions, every other one is an
 * item in its place.
 */
export function encodeInput({ messages }: CanonicalRequest, scope: RequestScope): EncodedInput {
  const leading = scope.isOwn ? ownInstructions(messages) : leadingSystem(messages, scope);
  const rest = messages.slice(leading.length);
  const writer = new InputWriter(scope);
  for (const [offset, message] of rest.entries()) writer.add(message, `/messages/${leading.length + offset}`);
  const instructions = leading.map(textOfSystem).join('\n\n');
  const input = answerCalls(writer.items, scope);
  return { ...(instructions !== '' && { instructions }), input: asString(rest, input) ?? input };
}

class InputWriter {
  readonly items: JsonObject[] = [];
  readonly #scope: RequestScope;
  /** The model's message whose parts still come. */
  #parts: JsonObject[] | undefined;

  constructor(scope: RequestScope) {
    this.#scope = scope;
  }

  add(message: Message, path: string): void {
    this.#parts = undefined;
    if (message.role === 'assistant') this.#addSaid(message, path);
    else this.#addGiven(message, path);
    this.#parts = undefined;
  }

  /** A message of the client. Results of tools are items of their own and stand before the rest of their message. */
  #addGiven(message: Message, path: string): void {
    const parts: JsonObject[] = [];
    for (const [index, block] of message.content.entries()) {
      const place = `${path}/content/${index}`;
      if (block.type === 'tool-result') this.items.push(this.#result(block, place));
      else if (isItem(block)) this.items.push(block.value);
      else pushTo(parts, this.#part(withoutAttribution(block), place, 'input_text'));
    }
    if (parts.length === 0 && message.content.length > 0) return;
    const carried = carriedBy(message);
    const role = message.role === 'system' ? (carried?.['role'] ?? 'system') : message.role;
    const isString = carried?.['content'] === 'string';
    const content = isString ? (plainText(parts) ?? parts) : parts;
    this.items.push(restoreMembers({ ...typeOf(carried), role, content }, withoutMembers(carried, MESSAGE_MARKS)));
  }

  #addSaid(message: Message, path: string): void {
    for (const [index, block] of message.content.entries()) {
      const place = `${path}/content/${index}`;
      switch (block.type) {
        case 'reasoning': {
          const isOurs = block.signature === undefined ? carriedBy(block) !== undefined : isReplayable(block);
          if (isOurs && block.redacted === undefined) this.#push(reasoningItem(block, {}));
          else this.#scope.warnings.reasoning(place);
          break;
        }
        case 'tool-call':
          this.#push(this.#call(block));
          break;
        case 'server-tool':
          if (block.raw.format === FORMAT) this.#push(block.raw.value);
          else this.#part(block, place, 'output_text');
          break;
        case 'tool-result':
          this.#push(this.#result(block, place));
          break;
        default:
          if (isItem(block)) this.#push(block.value);
          else this.#addPart(block, place);
      }
    }
  }

  /** A part of the open message, or the first of the next one. */
  #addPart(block: ContentBlock, place: string): void {
    const message = messageMark(block);
    if (message !== undefined) this.#parts = undefined;
    const isWordless = message?.['content'] !== undefined && message['content'] !== 'string';
    const part = isWordless ? undefined : this.#part(block, place, 'output_text');
    if (part === undefined && !isWordless) return;
    if (this.#parts === undefined) {
      this.#parts = [];
      const isString = message?.['content'] === 'string' && part?.['text'] !== undefined;
      const content = isWordless ? message['content'] : isString ? part['text'] : this.#parts;
      const item = { ...typeOf(message), role: 'assistant', content };
      this.items.push(restoreMembers(item, withoutMembers(message, ['content', 'type'])));
    }
    if (part === undefined) this.#parts = undefined;
    else this.#parts.push(part);
  }

  #push(item: JsonObject): void {
    this.#parts = undefined;
    this.items.push(item);
  }

  #call(block: ToolCallBlock): JsonObject {
    const { callIds, names } = this.#scope;
    const { isCustom = false, name = names.toWire(block.name), ...spelling } = carriedSpelling(block);
    return callItem(block, { ...spelling, callId: callIds.toWire(block.id), name, isCustom });
  }

  #result(block: ToolResultBlock, path: string): JsonObject {
    const carried = carriedBy(block);
    const parts: JsonObject[] = [];
    for (const [index, inner] of block.content.entries()) {
      pushTo(parts, this.#part(inner, `${path}/content/${index}`, 'input_text'));
    }
    const said = block.isError === true ? [{ type: 'input_text', text: ERROR_PREFIX }, ...parts] : parts;
    const isList = carried?.['output'] === 'parts';
    const item = {
      type: carried?.['type'] ?? 'function_call_output',
      call_id: this.#scope.callIds.toWire(block.callId),
      output: isList ? said : (joinedText(said) ?? said),
    };
    return restoreMembers(item, withoutMembers(carried, ['output', 'type']));
  }

  #part(block: ContentBlock, path: string, textType: TextType): JsonObject | undefined {
    return encodePart(block, { path, textType, report: this.#scope.warnings });
  }
}

/** Proofs of this family, and those that nobody recognises but that came in this format. */
function isReplayable({ signature, extensions }: Extract<ContentBlock, { type: 'reasoning' }>): boolean {
  if (signature?.family === 'openai') return true;
  return signature?.family === 'unknown' && extensions?.[FORMAT] !== undefined;
}

/** Something of this format that stands beside messages, not in them. */
function isItem(block: ContentBlock): block is Extract<ContentBlock, { type: 'opaque' }> {
  return block.type === 'opaque' && block.format === FORMAT && carriedBy(block)?.['part'] !== true;
}

function messageMark(block: ContentBlock): JsonObject | undefined {
  const message = carriedBy(block)?.['message'];
  return typeof message === 'object' && !Array.isArray(message) ? (message as JsonObject) : undefined; // objects that we wrote
}

/** Messages may come without their type. */
function typeOf(carried: JsonObject | undefined): JsonObject {
  return carried !== undefined && carried['type'] === null ? {} : { type: 'message' };
}

function ownInstructions(messages: readonly Message[]): readonly Message[] {
  const [first] = messages;
  return first !== undefined && carriedBy(first)?.['instructions'] === true ? [first] : [];
}

function leadingSystem(messages: readonly Message[], scope: RequestScope): readonly Message[] {
  const end = messages.findIndex(
    ({ role, content }) => role !== 'system' || !content.every(({ type }) => type === 'text' || type === 'opaque'),
  );
  const leading = end === -1 ? messages : messages.slice(0, end);
  for (const { content } of leading) {
    for (const { cache } of content) if (cache !== undefined) scope.warnings.cacheMarker();
  }
  return leading;
}

function textOfSystem({ content }: Message): string {
  const texts = content.map(withoutAttribution).flatMap((block) => (block.type === 'text' ? [block.text] : []));
  return texts.filter((text) => text !== '').join('\n\n');
}

const ATTRIBUTION_LINE = /^[ \t]*x-anthropic-billing-header:.*(?:\r?\n|$)/gm;

/** Lines that clients of Anthropic address to its billing are shown to no other vendor. */
function withoutAttribution<Block extends ContentBlock>(block: Block): Block {
  if (block.type !== 'text' || !block.text.includes('x-anthropic-billing-header:')) return block;
  return { ...block, text: block.text.replace(ATTRIBUTION_LINE, '') };
}

function asString(messages: readonly Message[], input: readonly JsonObject[]): string | undefined {
  const [only, second] = messages;
  const [item] = input;
  if (only === undefined || second !== undefined || carriedBy(only)?.['input'] !== 'string') return undefined;
  const content = item?.['content'];
  return Array.isArray(content) ? plainText(content as readonly JsonObject[]) : undefined; // parts that we wrote
}

function plainText([part, second]: readonly JsonObject[]): string | undefined {
  if (part === undefined) return '';
  const isPlain = second === undefined && Object.keys(part).length === 2 && typeof part['text'] === 'string';
  return isPlain ? (part['text'] as string) : undefined; // checked in the line above
}

/** Texts as one text, as most servers want a tool's output; undefined where there is more than text. */
function joinedText(parts: readonly JsonObject[]): string | undefined {
  const texts = parts.map((part) => plainText([part]));
  if (texts.includes(undefined)) return undefined;
  return texts[0] === ERROR_PREFIX ? ERROR_PREFIX + texts.slice(1).join('\n\n') : texts.join('\n\n');
}

function pushTo(parts: JsonObject[], part: JsonObject | undefined): void {
  if (part !== undefined) parts.push(part);
}
