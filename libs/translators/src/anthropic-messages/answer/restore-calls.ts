import type { CanonicalRequest, ContentBlock, TextBlock, ToolCallBlock } from '@sluice/core';
import { deterministicId, UniqueIds, type SpellingMap, type TranslationContext } from '@sluice/translator-kit';
import { JSON_ANSWER_TOOL, jsonAnswerMeans } from '../request/json-answer.js';
import { toolNamesOf } from '../request/request-scope.js';

/**
 * The calls of one answer, for the client: what the encoded request did to tools is undone (names that were spelled
 * otherwise, the tool that gave the answer), and every call gets an id of its own.
 */
export class CallRestorer {
  readonly #request: CanonicalRequest;
  readonly #requestId: string;
  readonly #isUnwrapping: boolean;
  readonly #ids = new UniqueIds();
  #names: SpellingMap | undefined;

  constructor(request: CanonicalRequest, context: TranslationContext) {
    this.#request = request;
    this.#requestId = context.requestId;
    this.#isUnwrapping = jsonAnswerMeans(request, context.upstreamModel) === 'tool';
  }

  /** Whether a call of this name is the answer itself. */
  isAnswer(name: string): boolean {
    return this.#isUnwrapping && name === JSON_ANSWER_TOOL;
  }

  /** The client's spelling of a name. */
  nameOf(name: string): string {
    this.#names ??= toolNamesOf(this.#request);
    return this.#names.toOriginal(name);
  }

  /** The id of the next call: the vendor's, unless it gave none, or the same one before. */
  idOf(id: string): string {
    return this.#ids.take(id === '' ? deterministicId('toolu_', [this.#requestId, this.#ids.count]) : id);
  }

  restore(block: ContentBlock): ContentBlock {
    return block.type === 'tool-call' ? this.#restoreCall(block) : block;
  }

  #restoreCall(block: ToolCallBlock): ToolCallBlock | TextBlock {
    if (this.isAnswer(block.name)) return { type: 'text', text: block.argumentsJson };
    const [id, name] = [this.idOf(block.id), this.nameOf(block.name)];
    return id === block.id && name === block.name ? block : { ...block, id, name };
  }
}
