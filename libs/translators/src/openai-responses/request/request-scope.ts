import type { CanonicalRequest } from '@sluice/core';
import { SpellingMap, type SpellingRule } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';
import { RequestWarnings } from './request-warnings.js';

/** @see https://platform.openai.com/docs/api-reference/responses/create */
const NAME_RULE: SpellingRule = { disallowed: /[^a-zA-Z0-9_-]/g, maxChars: 64 };
/** Ids of calls may hold any character, but not more than these. */
const CALL_ID_RULE: SpellingRule = { disallowed: /(?!)/g, maxChars: 64 };

/** What the encoding of one request needs everywhere. */
export interface RequestScope {
  readonly warnings: RequestWarnings;
  readonly names: SpellingMap;
  readonly callIds: SpellingMap;
  /** Whether the client wrote the request in this format: what it left out, it meant to. */
  readonly isOwn: boolean;
}

export function createScope(request: CanonicalRequest): RequestScope {
  return {
    warnings: new RequestWarnings(),
    names: toolNamesOf(request),
    callIds: new SpellingMap(CALL_ID_RULE),
    isOwn: carriedBy(request)?.['own'] === true,
  };
}

/** The spellings of the request's tools; the same for the request and for the calls of its answer. */
export function toolNamesOf({ tools }: CanonicalRequest): SpellingMap {
  return new SpellingMap(
    NAME_RULE,
    tools.flatMap((tool) => (tool.kind === 'function' ? [tool.name] : [])),
  );
}
