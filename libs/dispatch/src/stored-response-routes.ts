import type { Clock } from '@sluice/core';
import type { Exchange } from './exchange.js';
import type { ForwardRequest } from './forward-request.js';
import type { StoredResponses } from './stored-responses.js';

const JSON_HEADERS = { 'content-type': 'application/json' };
const OK = 200;

/**
 * Answers a client that asks for one of its remembered answers, or wants it forgotten.
 * @returns false when the request is about something else, or about an answer that a vendor may know
 */
export function answerStored(
  exchange: Exchange,
  { method, path, format }: ForwardRequest,
  { stored, clock }: { readonly stored: StoredResponses; readonly clock: Clock },
): boolean {
  const { principal, snapshot, answer } = exchange;
  const limits = snapshot.settings.responseStore;
  const side = format.client?.history;
  const id = side?.idInPath(path);
  if (side === undefined || id === undefined || limits === undefined || principal === undefined) return false;
  const nowMs = clock.now();
  const found = stored.find(principal.id, id, limits, nowMs);
  if (found === undefined || (method !== 'GET' && method !== 'DELETE')) return false;
  if (method === 'DELETE') stored.forget(principal.id, id, limits, nowMs);
  const body = method === 'GET' ? found.answer : Buffer.from(JSON.stringify(side.encodeForgotten(id)));
  exchange.usage = { input: 0, output: 0, source: 'estimated' }; // nobody was asked anything
  exchange.status = OK;
  answer.respond(OK, JSON_HEADERS, body);
  exchange.conclude('completed');
  return true;
}
