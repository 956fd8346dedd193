import { randomUUID } from 'node:crypto';
import { isJsonObject, type JsonObject } from '@sluice/core';
import { readBody, type UpstreamCall, type UpstreamHttp } from '@sluice/provider-kit';
import { sendToolCall } from '../endpoints/send-tool-call.js';
import type { SearchResult } from './next-round.js';
import { SEARCH_TOOL, type WantedSearch } from './search-round.js';

/** A list of pages with a sentence each is far smaller. */
const MAX_REPLY_BYTES = 1024 * 1024;
/** What the model gets of it. */
export const MAX_RESULT_CHARS = 100_000;
const OK_STATUS = 200;

/**
 * Makes a search by the vendor's own tool. A search that fails is told to the model, which may answer without.
 * @throws GatewayError when the vendor cannot be reached, or the client has gone
 */
export async function callSearch(
  http: UpstreamHttp,
  call: UpstreamCall,
  { input }: WantedSearch,
): Promise<SearchResult> {
  const query = typeof input['query'] === 'string' ? input['query'].trim() : '';
  if (query === '') return failed('The search needs a "query".');
  const question = { id: randomUUID(), method: 'tools/call', params: { name: SEARCH_TOOL, arguments: { query } } };
  const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...question }));
  const reply = await sendToolCall(http, { ...call, body });
  const bytes = await readBody(reply.body, MAX_REPLY_BYTES, call.cancellation);
  if (reply.status !== OK_STATUS) return failed(`The search failed (HTTP ${reply.status}).`);
  return read(bytes);
}

function read(bytes: Buffer): SearchResult {
  return { ...readText(bytes), reply: bytes.toString() };
}

function readText(bytes: Buffer): SearchResult {
  const { result } = parse(bytes);
  if (!isJsonObject(result) || result['isError'] === true) return failed('The search failed.');
  const parts = Array.isArray(result['content']) ? result['content'].filter(isJsonObject) : [];
  const text = parts.map((part) => (typeof part['text'] === 'string' ? part['text'] : '')).join('\n');
  if (text.trim() === '') return { text: 'The search found nothing.', isError: false };
  const isCut = text.length > MAX_RESULT_CHARS;
  return { text: isCut ? `${text.slice(0, MAX_RESULT_CHARS)}\n(the rest is left out)` : text, isError: false };
}

function parse(bytes: Buffer): JsonObject {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return isJsonObject(value) ? value : {};
  } catch {
    return {}; // told as a search that failed
  }
}

function failed(text: string): SearchResult {
  return { text, isError: true };
}
