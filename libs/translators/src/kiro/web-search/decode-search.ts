import type { CanonicalResponse, ContentBlock, JsonObject, JsonValue } from '@sluice/core';
import { hashDigits, type TranslationContext } from '@sluice/translator-kit';
import { OutputEstimate } from '../answer/output-estimate.js';
import { countTextTokens } from '../count-tokens.js';
import { readSearchResults, type SearchOutcome, type SearchResult } from './read-search-results.js';

/** The language of Anthropic's own `page_age`. */
const LONG_DATE = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' });

/** One search was made; members of usage that only Anthropic's format has. */
const ONE_SEARCH = { 'anthropic-messages': { usage: { server_tool_use: { web_search_requests: 1 } } } };

/**
 * What the vendor found, as Anthropic's own search answers: the call, its result, and a text that lists it.
 * @see https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool
 * @throws GatewayError `upstream_invalid_response`
 */
export function decodeSearch(body: Buffer, query: string, context: TranslationContext): CanonicalResponse {
  const outcome = readSearchResults(body);
  const id = `srvtoolu_${hashDigits(`search ${context.requestId}`, 32)}`;
  const text = textOf(query, outcome);
  const output = new OutputEstimate();
  output.addText(text);
  return {
    id: '',
    model: context.upstreamModel,
    content: [callBlock(id, query), resultBlock(id, outcome), { type: 'text', text }],
    finishReason: { unified: 'stop' },
    usage: { input: Math.max(1, countTextTokens(query)), output: output.tokens, source: 'estimated' },
    extensions: ONE_SEARCH,
  };
}

function callBlock(id: string, query: string): ContentBlock {
  const input = { query };
  const value = { type: 'server_tool_use', id, name: 'web_search', input };
  return { type: 'server-tool', id, tool: 'web_search', input, raw: { format: 'anthropic-messages', value } };
}

function resultBlock(id: string, outcome: SearchOutcome): ContentBlock {
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

function textOf(query: string, outcome: SearchOutcome): string {
  if ('error' in outcome) return `The web search for "${query}" could not be done.`;
  if (outcome.results.length === 0) return `The web search for "${query}" found nothing.`;
  const entries = outcome.results.map(({ title, url, snippet }, index) =>
    [`${index + 1}. ${title}`, url, snippet].filter((line) => line !== '').join('\n   '),
  );
  return `Results of the web search for "${query}":\n\n${entries.join('\n\n')}`;
}
