import type { CanonicalRequest, Signature } from '@sluice/core';
import { deterministicId, UniqueIds, type SpellingMap, type TranslationContext } from '@sluice/translator-kit';
import { modelVendor } from '../request/model-vendor.js';
import { toolNamesOf } from '../tool-names.js';

/** What one answer's decoder knows of the exchange. */
export class AnswerContext {
  readonly #ids = new UniqueIds();
  readonly #names: SpellingMap;
  readonly #family: Signature['family'];

  constructor(
    private readonly context: TranslationContext,
    request: CanonicalRequest,
  ) {
    this.#names = toolNamesOf(request);
    const vendor = modelVendor(context.upstreamModel, context.requestedModel);
    this.#family = vendor === 'anthropic' ? 'anthropic' : 'unknown';
  }

  /** Bedrock's answers have no id. */
  get id(): string {
    return this.context.requestId;
  }

  get model(): string {
    return this.context.upstreamModel;
  }

  /** The id of the next call: the vendor's, unless it gave none, or the same one before. */
  callId(vendorId: string | undefined): string {
    return this.#ids.take(vendorId ?? deterministicId('tooluse_', [this.context.requestId, this.#ids.count]));
  }

  toolName(name: string): string {
    return this.#names.toOriginal(name);
  }

  signature(value: string): Signature {
    return { family: this.#family, value, model: this.model };
  }
}
