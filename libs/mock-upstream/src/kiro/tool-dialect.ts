import { isJsonObject, type JsonObject } from '@sluice/core';
import { RequestRefusal, type VendorDialect } from '../vendor-dialect.js';
import { kiroError } from './error-bodies.js';

const TOOLS_PATH = '/mcp';
/** 2026-04-03, in milliseconds. */
const PUBLISHED_MS = 1_775_174_400_000;

/** The tools that Kiro runs itself, called by JSON-RPC: a web search that always finds two pages. */
export const KIRO_TOOL_DIALECT: VendorDialect = {
  name: 'kiro-tools',
  endpoint: ({ method, path }) => (method === 'POST' && path === TOOLS_PATH ? 'login' : undefined),
  claims: ({ path }) => path === TOOLS_PATH,
  readRequest: () => {
    throw new RequestRefusal('There is no inference here.');
  },
  renderAnswer: () => '',
  renderStream: () => [],
  renderStreamError: (detail) => JSON.stringify(kiroError(500, detail)),
  renderError: (status, detail) => JSON.stringify(kiroError(status, detail)),
  renderModels: () => '',
  renderLogin: (body) => {
    const text = JSON.stringify(searchResults(queryOf(body)));
    const result = { content: [{ type: 'text', text }], isError: false };
    return JSON.stringify({ id: body['id'] ?? null, jsonrpc: '2.0', result });
  },
  headers: (requestId) => ({ 'x-amzn-requestid': requestId }),
};

function queryOf({ method, params }: JsonObject): string {
  const { name, arguments: given } = isJsonObject(params) ? params : {};
  const query = isJsonObject(given) ? given['query'] : undefined;
  if (method !== 'tools/call' || name !== 'web_search' || typeof query !== 'string') {
    throw new RequestRefusal('There is one tool: web_search with a query.');
  }
  return query;
}

function searchResults(query: string): JsonObject {
  return {
    results: [
      {
        title: `About ${query}`,
        url: 'https://example.org/1',
        snippet: 'The first page.',
        publishedDate: PUBLISHED_MS,
      },
      { title: `More on ${query}`, url: 'https://example.org/2', snippet: '', publishedDate: null },
    ],
    totalResults: 2,
    query,
    error: null,
  };
}
