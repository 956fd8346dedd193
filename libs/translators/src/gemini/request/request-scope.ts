import type { CanonicalRequest, TranslationWarning } from '@sluice/core';
import { SpellingMap, type SpellingRule, type TranslationContext } from '@sluice/translator-kit';
import { traitsOf, type ModelTraits } from './model-traits.js';

/** A letter or an underscore first. @see https://ai.google.dev/api/caching#FunctionDeclaration */
const TOOL_NAME_RULE: SpellingRule = { disallowed: /^[^a-zA-Z_]|[^a-zA-Z0-9_.:-]/g, maxChars: 64 };

/** The names of a request's tools as Google accepts them, and back. The same for a request and for its answer. */
export function toolNamesOf({ tools }: CanonicalRequest): SpellingMap {
  return new SpellingMap(
    TOOL_NAME_RULE,
    tools.flatMap((tool) => (tool.kind === 'function' ? [tool.name] : [])),
  );
}

/** What the encoders of one request share. */
export class RequestScope {
  readonly names: SpellingMap;
  readonly traits: ModelTraits;
  /** Whether schemas are written in the OpenAPI subset, for endpoints that do not know JSON schema. */
  readonly isOpenApi: boolean;
  readonly #warnings: TranslationWarning[] = [];
  #cacheMarkers = 0;
  #signatures = 0;

  constructor(request: CanonicalRequest, { upstreamModel, dialect }: TranslationContext) {
    this.names = toolNamesOf(request);
    this.traits = traitsOf(upstreamModel);
    this.isOpenApi = dialect['schemas'] === 'openapi';
  }

  /** All warnings; what may stand at many nodes is told once. */
  get warnings(): readonly TranslationWarning[] {
    const list = [...this.#warnings];
    if (this.#cacheMarkers > 0)
      list.push(summary(`${this.#cacheMarkers} cache markers were left out: Google caches prompts by itself.`));
    if (this.#signatures > 0)
      list.push(summary(`${this.#signatures} signatures of another vendor's reasoning were left out.`));
    return list;
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

  cacheMarker(): void {
    this.#cacheMarkers += 1;
  }

  foreignSignature(): void {
    this.#signatures += 1;
  }
}

function summary(message: string): TranslationWarning {
  return { path: '/messages', effect: 'dropped', message };
}
