import type { ContentBlock, Extensions, JsonObject, JsonValue } from '@sluice/core';
import { hashDigits } from '@sluice/translator-kit';
import type { SearchOutcome, SearchResult } from './read-search-results.js';

/** A call of a tool that the vendor runs, or its result. */
export type ServerToolBlock = Extract<ContentBlock, { type: 'server-tool' }>;

/** The language of Anthropic's own `page_age`. */
const LONG_DATE = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' });

/**
 * A search as Anthropic's own shows it: the call, and behind it its result.
 * @param seed of the id that links them
 * @see https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool
 */
export function searchBlocks(seed: string, query: string, outcome: SearchOutcome): readonly ServerToolBlock[] {
  const id = `srvtoolu_${hashDigits(seed, 32)}`;
  return [callBlock(id, query), resultBlock(id, outcome)];
}

/** How many searches were made, in a member of usage that only Anthropic's format has. */
export function searchCount(searches: number): Extensions {
  return { 'anthropic-messages': { usage: { server_tool_use: { web_search_requests: searches } } } };
}

function callBlock(id: string, query: string): ServerToolBlock {
  const input = { query };
  const value = { type: 'server_tool_use', id, name: 'web_search', input };
  return { type: 'server-tool', id, tool: 'web_search', input, raw: { format: 'anthropic-messages', value } };
}

function resultBlock(id: string, outcome: SearchOutcome): ServerToolBlock {
  const content: JsonValue =
    'error' in outcome
      ? { type: 'web_search_tool_result_error', error_code: outcome.error }
      : outcome.results.map(encodeResult);
  const value = { type: 'web_search_tool_result', tool_use_id: id, content };
  return { type: 'server-tool', id, tool: 'web_search', result: content, raw: { format: 'anthropic-messages', value } };
}

function encodeResult({ title, url, snippet, publishedAtMs }: SearchResult): JsonObject {
  const age = publishedAtMs === undefined ? null : LONG_DATE.format(publishedAtMs);
  return { type: 'web_search_result', title, url, encrypted_content: snippet, page_age: age };
}
