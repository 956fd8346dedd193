import type { CanonicalRequest } from '@sluice/core';
import { SpellingMap, type SpellingRule } from '@sluice/translator-kit';

/** @see https://platform.openai.com/docs/api-reference/chat/create (the name of a function) */
const RULE: SpellingRule = { disallowed: /[^a-zA-Z0-9_-]/g, maxChars: 64 };

/** The names of a request's tools as OpenAI accepts them, and back. The same for a request and for its answer. */
export function toolNamesOf({ tools }: CanonicalRequest): SpellingMap {
  return new SpellingMap(
    RULE,
    tools.flatMap((tool) => (tool.kind === 'function' ? [tool.name] : [])),
  );
}

/** The client's name of a tool that the vendor calls. The map is made for the first call: most answers have none. */
export function nameRestorer(request: CanonicalRequest): (wireName: string) => string {
  let names: SpellingMap | undefined;
  return (wireName) => (names ??= toolNamesOf(request)).toOriginal(wireName);
}
