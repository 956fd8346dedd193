import type { CacheMarker, CanonicalRequest, Extensions, JsonObject, TranslationWarning } from '@sluice/core';
import { carriedFor, SpellingMap, type SpellingRule } from '@sluice/translator-kit';

/** Breakpoints that one request may have. @see https://platform.claude.com/docs/en/build-with-claude/prompt-caching */
const MAX_CACHE_BREAKPOINTS = 4;

/** @see https://platform.claude.com/docs/en/agents-and-tools/tool-use/define-tools */
export const TOOL_NAME_RULE: SpellingRule = { disallowed: /[^a-zA-Z0-9_-]/g, maxChars: 128 };

/** The alphabet is the vendor's; it names no length, so this only bounds what a client may send. */
export const TOOL_ID_RULE: SpellingRule = { disallowed: /[^a-zA-Z0-9_-]/g, maxChars: 256 };

/** The names of a request's tools as Anthropic accepts them, and back. The same for a request and for its answer. */
export function toolNamesOf({ tools }: CanonicalRequest): SpellingMap {
  return new SpellingMap(
    TOOL_NAME_RULE,
    tools.flatMap((tool) => (tool.kind === 'function' ? [tool.name] : [])),
  );
}

/** What the encoders of one request share. */
export class RequestScope {
  readonly names: SpellingMap;
  readonly ids = new SpellingMap(TOOL_ID_RULE);
  readonly #warnings: TranslationWarning[] = [];
  #breakpoints = 0;

  constructor(request: CanonicalRequest) {
    this.names = toolNamesOf(request);
  }

  get warnings(): readonly TranslationWarning[] {
    return this.#warnings;
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

  /** `cache_control` of a node, as long as the request may have another breakpoint. */
  cacheControl(cache: CacheMarker | undefined, path: string): JsonObject {
    if (cache === undefined) return {};
    if (this.#breakpoints >= MAX_CACHE_BREAKPOINTS) {
      this.dropped(path, `Anthropic takes ${MAX_CACHE_BREAKPOINTS} cache breakpoints; this one is one more.`);
      return {};
    }
    this.#breakpoints += 1;
    return { cache_control: cache.ttl === undefined ? { type: 'ephemeral' } : { type: 'ephemeral', ttl: cache.ttl } };
  }
}

/**
 * The node with the members of this format that it came with. They win: a member that the canonical model can say only in
 * part travels whole beside it.
 */
export function withCarried(node: JsonObject, extensions: Extensions | undefined): JsonObject {
  const own = carriedFor(extensions, 'anthropic-messages');
  return own === undefined ? node : { ...node, ...own };
}
