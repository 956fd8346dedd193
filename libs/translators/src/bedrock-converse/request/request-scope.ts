import type { CacheMarker, CanonicalRequest, JsonObject, TranslationWarning } from '@sluice/core';
import { deterministicId, SpellingMap, type SpellingRule, type TranslationContext } from '@sluice/translator-kit';
import { toolNamesOf } from '../tool-names.js';
import { DocumentNames } from './document-names.js';
import { ImageQuota } from './image-quota.js';
import { traitsOf, type ModelTraits } from './model-traits.js';

/** Points that one request may have. @see https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html */
const MAX_CACHE_POINTS = 4;

/** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolUseBlock.html */
const TOOL_ID_RULE: SpellingRule = { disallowed: /[^a-zA-Z0-9_-]/g, maxChars: 64 };

/** Mistral's models take ids of exactly so many letters and digits. */
const MISTRAL_ID_CHARS = 9;

/** What the encoders of one request share. */
export class RequestScope {
  /** The model's id at Bedrock. */
  readonly model: string;
  readonly traits: ModelTraits;
  readonly names: SpellingMap;
  readonly documents = new DocumentNames();
  readonly images: ImageQuota;
  readonly #ids = new SpellingMap(TOOL_ID_RULE);
  readonly #warnings: TranslationWarning[] = [];
  #cachePoints = 0;

  constructor(request: CanonicalRequest, context: TranslationContext) {
    this.model = context.upstreamModel;
    this.traits = traitsOf(context);
    this.names = toolNamesOf(request);
    this.images = new ImageQuota(request.messages);
  }

  get warnings(): readonly TranslationWarning[] {
    return this.#warnings;
  }

  report(warnings: readonly TranslationWarning[]): void {
    this.#warnings.push(...warnings);
  }

  dropped(path: string, message: string): void {
    this.#warnings.push({ path, effect: 'dropped', message });
  }

  changed(path: string, message: string): void {
    this.#warnings.push({ path, effect: 'changed', message });
  }

  approximated(path: string, message: string): void {
    this.#warnings.push({ path, effect: 'approximated', message });
  }

  /** The id of a call as this model takes it; the same for its result. */
  toolUseId(id: string): string {
    return this.traits.vendor === 'mistral'
      ? deterministicId('', [id]).slice(0, MISTRAL_ID_CHARS)
      : this.#ids.toWire(id);
  }

  /**
   * The block that stands for a marker behind the marked one, as long as the request may have another. Five minutes are the
   * default and left unsaid: older models know no other and refuse the member.
   */
  cachePoint(cache: CacheMarker, path: string, where: 'content' | 'tools'): JsonObject | undefined {
    const { cachePoints } = this.traits;
    if (cachePoints === 'nowhere' || (where === 'tools' && cachePoints === 'not-on-tools')) {
      this.dropped(path, `This model takes no cache points${cachePoints === 'nowhere' ? '' : ' among its tools'}.`);
      return undefined;
    }
    if (this.#cachePoints >= MAX_CACHE_POINTS) {
      this.dropped(path, `Bedrock takes ${MAX_CACHE_POINTS} cache points; this one is one more.`);
      return undefined;
    }
    this.#cachePoints += 1;
    return { cachePoint: { type: 'default', ...(cache.ttl === '1h' ? { ttl: '1h' } : {}) } };
  }
}
