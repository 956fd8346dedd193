import type { CanonicalRequest } from '@sluice/core';
import { hashDigits, serialiseBody, type EncodedRequest, type TranslationContext } from '@sluice/translator-kit';
import { EncodeWarnings } from '../request/encode-warnings.js';

/** The path of the vendor's tools; the provider knows the host. */
export const TOOLS_PATH = '/mcp';

const MS_PER_SECOND = 1000;

/** Members of Anthropic's tool that the vendor's has not. */
const UNKNOWN_OPTIONS = ['allowed_domains', 'blocked_domains', 'user_location'] as const;

/** A search, as a call of one of the vendor's own tools (JSON-RPC, Model Context Protocol). Its id is made from the request's. */
export function encodeSearch(query: string, request: CanonicalRequest, context: TranslationContext): EncodedRequest {
  const { requestId, createdAtSeconds } = context;
  const id = [
    'web_search_tooluse',
    hashDigits(`search ${requestId}`, 22),
    String(createdAtSeconds * MS_PER_SECOND),
    hashDigits(`call ${requestId}`, 8),
  ].join('_');
  const body = serialiseBody({
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name: 'web_search', arguments: { query } },
  });
  return { call: { path: TOOLS_PATH, query: '', body }, warnings: warningsOf(request).list() };
}

/** Says which options of the tool are not sent. */
export function warnOfSearchOptions({ tools }: CanonicalRequest, index: number, warnings: EncodeWarnings): void {
  const tool = tools[index];
  for (const name of UNKNOWN_OPTIONS) {
    if (tool?.kind !== 'server' || tool.raw.value[name] === undefined) continue;
    warnings.add(`/tools/${index}`, 'dropped', `Kiro's web search does not know "${name}".`);
  }
}

function warningsOf(request: CanonicalRequest): EncodeWarnings {
  const { messages } = request;
  const warnings = new EncodeWarnings();
  warnOfSearchOptions(request, 0, warnings);
  if (messages.filter(({ role }) => role !== 'system').length > 1) {
    warnings.add('/messages', 'dropped', 'The web search is for what the first message says; the others are not sent.');
  }
  return warnings;
}
