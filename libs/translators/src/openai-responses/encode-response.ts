import type { CanonicalRequest, CanonicalResponse, ContentBlock, JsonObject, JsonValue } from '@sluice/core';
import { deterministicId, type TranslationContext, withoutMembers } from '@sluice/translator-kit';
import { ClientTools } from './answer/client-tools.js';
import { encodeStatus } from './answer/encode-status.js';
import { encodeUsage } from './answer/encode-usage.js';
import { ResponseObject } from './answer/response-object.js';
import { carriedBy, FORMAT } from './carried.js';
import { callItem, reasoningItem } from './items/encode-item.js';
import { imageItem } from './items/image-item.js';
import { messageItem, outputPart } from './items/message-parts.js';

/**
 * A canonical answer as a response, under the name that the client asked for. What only another format can say is left out.
 *
 * @param request the client's own; without it nothing of it is repeated, and all calls are calls of functions
 * @see https://platform.openai.com/docs/api-reference/responses/object
 */
export function encodeResponse(
  response: CanonicalResponse,
  context: TranslationContext,
  request?: CanonicalRequest,
): JsonObject {
  const { content, finishReason, usage } = response;
  const object = new ResponseObject(context, request);
  const status = encodeStatus(
    finishReason,
    content.some(({ type }) => type === 'refusal'),
  );
  const writer = new OutputWriter(context, new ClientTools(request), status.status);
  for (const block of content) writer.add(block);
  return object.render(
    {
      id: object.idOf(response.id),
      ...status,
      output: writer.finish(),
      usage: usage === undefined ? null : encodeUsage(usage),
    },
    carriedBy(response),
  );
}

/** Consecutive texts are parts of one message, unless they came as several. */
class OutputWriter {
  readonly #context: TranslationContext;
  readonly #tools: ClientTools;
  /** How an item stands that was still written when the answer ended. */
  readonly #lastStatus: string;
  readonly #items: JsonObject[] = [];
  #message: { readonly carried: JsonObject | undefined; readonly content: JsonObject[] } | undefined;

  constructor(context: TranslationContext, tools: ClientTools, status: string) {
    this.#context = context;
    this.#tools = tools;
    this.#lastStatus = status === 'incomplete' ? status : 'completed';
  }

  finish(): readonly JsonObject[] {
    this.#closeMessage(this.#lastStatus);
    return this.#items;
  }

  add(block: ContentBlock): void {
    switch (block.type) {
      case 'text':
      case 'refusal':
        return this.#addPart(block);
      case 'reasoning':
        return this.#push(reasoningItem(block, { id: this.#id('rs_') }));
      case 'tool-call':
        return this.#push(callItem(block, { id: this.#id('fc_'), status: 'completed', ...this.#tools.spell(block) }));
      case 'server-tool':
        return block.raw.format === FORMAT ? this.#push(block.raw.value) : undefined;
      case 'image':
        return block.source.kind === 'base64' ? this.#push(imageItem(block, this.#id('ig_'))) : undefined;
      case 'opaque':
        if (block.format === FORMAT) this.#addOpaque(block.value, carriedBy(block)?.['message']);
        return;
      case 'document':
      case 'audio':
      case 'tool-result':
        return; // an answer of this format has no place for them
      default:
        return block satisfies never;
    }
  }

  #addPart(block: Extract<ContentBlock, { type: 'text' | 'refusal' }>): void {
    const message = carriedBy(block)?.['message'];
    const carried = isMembers(message) ? message : undefined;
    if (carried !== undefined) this.#closeMessage('completed');
    const isWordless = Array.isArray(carried?.['content']) || carried?.['content'] === '';
    this.#message ??= { carried, content: [] };
    if (!isWordless) this.#message.content.push(outputPart(block));
  }

  /** A part that only this format knows. */
  #addOpaque(value: JsonObject, message: JsonValue | undefined): void {
    if (isMembers(message)) this.#closeMessage('completed');
    this.#message ??= { carried: isMembers(message) ? message : undefined, content: [] };
    this.#message.content.push(value);
  }

  #push(item: JsonObject): void {
    this.#closeMessage('completed');
    this.#items.push(item);
  }

  #closeMessage(status: string): void {
    if (this.#message === undefined) return;
    const { carried, content } = this.#message;
    this.#message = undefined;
    this.#items.push(messageItem({ id: this.#id('msg_'), status, content }, withoutMembers(carried, ['content'])));
  }

  #id(prefix: string): string {
    return deterministicId(prefix, [this.#context.requestId, this.#items.length]);
  }
}

function isMembers(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
