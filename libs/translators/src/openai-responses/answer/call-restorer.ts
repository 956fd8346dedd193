import type { CanonicalRequest, ContentBlock } from '@sluice/core';
import { deterministicId, UniqueIds, type SpellingMap, type TranslationContext } from '@sluice/translator-kit';
import { toolNamesOf } from '../request/request-scope.js';

/**
 * The calls of one answer, for the client: names that the encoded request spelled otherwise are restored, and every call
 * has an id of its own.
 */
export class CallRestorer {
  readonly #request: CanonicalRequest;
  readonly #requestId: string;
  readonly #ids = new UniqueIds();
  #names: SpellingMap | undefined;

  constructor(request: CanonicalRequest, { requestId }: TranslationContext) {
    this.#request = request;
    this.#requestId = requestId;
  }

  /** How many calls were given an id. */
  get count(): number {
    return this.#ids.count;
  }

  /** The client's spelling of a name. */
  nameOf(name: string): string {
    this.#names ??= toolNamesOf(this.#request);
    return this.#names.toOriginal(name);
  }

  /** The id of the next call: the vendor's, unless it gave none, or the same one before. */
  idOf(id: string): string {
    return this.#ids.take(id === '' ? deterministicId('call_', [this.#requestId, this.#ids.count]) : id);
  }

  restore(block: ContentBlock): ContentBlock {
    if (block.type !== 'tool-call') return block;
    const [id, name] = [this.idOf(block.id), this.nameOf(block.name)];
    return id === block.id && name === block.name ? block : { ...block, id, name };
  }
}
