import type { CanonicalRequest, ServerTool } from '@sluice/core';
import type { ToolEntry } from '../wire-types.js';

/** Under this name the model asks for a search; the provider makes it. */
export const SEARCH_TOOL = 'web_search';
/** More searches in one answer are not made, whatever the client allows. */
export const MAX_SEARCHES = 5;

const TOOL_TYPE = /^web_search(?:_|$)/;

/** A search that a model may make on its way to an answer, beside other tools. */
export interface MixedSearch {
  /** Its place among the request's tools. */
  readonly index: number;
  readonly maxSearches: number;
}

/**
 * The search among the tools of a request that is not only a search. A function of the client's that is called like it stands in
 * its way.
 */
export function mixedSearch({ tools, toolChoice }: CanonicalRequest): MixedSearch | undefined {
  if (toolChoice?.mode === 'none') return undefined;
  const index = tools.findIndex((tool) => tool.kind === 'server' && TOOL_TYPE.test(String(tool.raw.value['type'])));
  if (index < 0 || tools.some((tool) => tool.kind === 'function' && tool.name === SEARCH_TOOL)) return undefined;
  const { raw } = tools[index] as ServerTool; // found as one
  const asked = raw.value['max_uses'];
  const isCount = typeof asked === 'number' && Number.isInteger(asked) && asked > 0;
  return { index, maxSearches: isCount ? Math.min(asked, MAX_SEARCHES) : MAX_SEARCHES };
}

/** The tool as the model sees it. */
export const SEARCH_ENTRY: ToolEntry = {
  toolSpecification: {
    name: SEARCH_TOOL,
    description: 'Searches the web. Returns a list of pages with title, address and excerpt as JSON.',
    inputSchema: {
      json: {
        type: 'object',
        properties: { query: { type: 'string', description: 'What to search for.' } },
        required: ['query'],
      },
    },
  },
};
