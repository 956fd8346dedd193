import type { CanonicalResponse } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { OutputEstimate } from '../answer/output-estimate.js';
import { countTextTokens } from '../count-tokens.js';
import { readSearchResults, type SearchOutcome } from './read-search-results.js';
import { searchBlocks, searchCount } from './search-blocks.js';

/**
 * What the vendor found, as Anthropic's own search answers: the call, its result, and a text that lists it.
 * @see https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool
 * @throws GatewayError `upstream_invalid_response`
 */
export function decodeSearch(body: Buffer, query: string, context: TranslationContext): CanonicalResponse {
  const outcome = readSearchResults(body);
  const text = textOf(query, outcome);
  const output = new OutputEstimate();
  output.addText(text);
  return {
    id: '',
    model: context.upstreamModel,
    content: [...searchBlocks(`search ${context.requestId}`, query, outcome), { type: 'text', text }],
    finishReason: { unified: 'stop' },
    usage: { input: Math.max(1, countTextTokens(query)), output: output.tokens, source: 'estimated' },
    extensions: searchCount(1),
  };
}

function textOf(query: string, outcome: SearchOutcome): string {
  if ('error' in outcome) return `The web search for "${query}" could not be done.`;
  if (outcome.results.length === 0) return `The web search for "${query}" found nothing.`;
  const entries = outcome.results.map(({ title, url, snippet }, index) =>
    [`${index + 1}. ${title}`, url, snippet].filter((line) => line !== '').join('\n   '),
  );
  return `Results of the web search for "${query}":\n\n${entries.join('\n\n')}`;
}
