import { isJsonObject, type JsonObject } from '@sluice/core';
import { invalidResponse, objectMember, objectsMember, parseJsonObject, textMember } from '@sluice/translator-kit';

export interface SearchResult {
  readonly title: string;
  readonly url: string;
  readonly snippet: string;
  /** Milliseconds since the epoch. */
  readonly publishedAtMs: number | undefined;
}

/** `error`: the search itself failed; a word of Anthropic's. */
export type SearchOutcome =
  { readonly results: readonly SearchResult[] } | { readonly error: 'unavailable' | 'too_many_requests' };

/** A search that could not be made. */
export const UNAVAILABLE: SearchOutcome = { error: 'unavailable' };
const NOTHING_FOUND = /\bno (?:search )?results?\b/i;
const THROTTLED = /\b429\b|too many requests|throttl|rate.?limit/i;

/**
 * Reads the answer of the vendor's search: JSON-RPC around a text that is JSON again.
 * @throws GatewayError `upstream_invalid_response`
 */
export function readSearchResults(body: Buffer): SearchOutcome {
  const reply = parseJsonObject(body.toString());
  const result = objectMember(reply, 'result');
  const error = objectMember(reply, 'error');
  if (reply === undefined || (result === undefined && error === undefined)) {
    throw invalidResponse('The vendor answered a web search with something else.');
  }
  if (result === undefined) return failureOf(`${String(error?.['code'])} ${textMember(error, 'message') ?? ''}`);
  const text = objectsMember(result, 'content')
    .map((part) => textMember(part, 'text') ?? '')
    .join('');
  const found = parseJsonObject(text);
  const failure = found === undefined ? text : found['error'];
  const hasFailed = result['isError'] === true || found === undefined || (failure !== undefined && failure !== null);
  if (hasFailed) return failureOf(typeof failure === 'string' ? failure : JSON.stringify(failure ?? ''));
  return { results: objectsMember(found, 'results').map(readResult) };
}

function failureOf(message: string): SearchOutcome {
  if (NOTHING_FOUND.test(message)) return { results: [] };
  return THROTTLED.test(message) ? { error: 'too_many_requests' } : UNAVAILABLE;
}

function readResult(value: JsonObject): SearchResult {
  const published = isJsonObject(value) ? value['publishedDate'] : undefined;
  return {
    title: textMember(value, 'title') ?? '',
    url: textMember(value, 'url') ?? '',
    snippet: textMember(value, 'snippet') ?? '',
    publishedAtMs: typeof published === 'number' ? published : undefined,
  };
}
