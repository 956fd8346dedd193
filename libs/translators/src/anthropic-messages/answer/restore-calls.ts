import type { CanonicalRequest, ContentBlock, TextBlock, ToolCallBlock } from '@sluice/core';
import type { SpellingMap, TranslationContext } from '@sluice/translator-kit';
import { JSON_ANSWER_TOOL, jsonAnswerMeans } from '../request/json-answer.js';
import { toolNamesOf } from '../request/request-scope.js';

/** Undoes what the encoded request did to tools: names that were spelled otherwise, and the tool that gave the answer. */
export class CallRestorer {
  readonly #request: CanonicalRequest;
  readonly #isUnwrapping: boolean;
  #names: SpellingMap | undefined;

  constructor(request: CanonicalRequest, context: TranslationContext) {
    this.#request = request;
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

  restore(block: ContentBlock): ContentBlock {
    return block.type === 'tool-call' ? this.#restoreCall(block) : block;
  }

  #restoreCall(block: ToolCallBlock): ToolCallBlock | TextBlock {
    if (this.isAnswer(block.name)) return { type: 'text', text: block.argumentsJson };
    const name = this.nameOf(block.name);
    return name === block.name ? block : { ...block, name };
  }
}
