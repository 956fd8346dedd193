import type { ClientAnswer } from './client-answer.js';
import type { ClientRequest } from './client-request.js';
import { JsonArrayAnswer } from './json-array-answer.js';

const UNREAD = Buffer.alloc(0);

/** The answer as the client's format frames its streams for this call. */
export function inClientFraming({ format, path, query }: ClientRequest, answer: ClientAnswer): ClientAnswer {
  const framing = format.client?.streamFraming?.({ path, query, body: UNREAD }) ?? 'sse';
  return framing === 'json-array' ? new JsonArrayAnswer(answer) : answer;
}
