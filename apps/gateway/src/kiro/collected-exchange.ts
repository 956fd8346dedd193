import type { ClientRequest } from '@sluice/dispatch';
import type { Adaptation } from '../http-surface.js';
import { CollectedAnswer, PING_INTERVAL_MS } from './collected-answer.js';

/** `/cc/v1/messages` is `/v1/messages` with another way of answering. */
export const COLLECTED_PREFIX = '/cc';

/** How a request is read and answered whose stream is sent when it is whole. */
export const asCollected: Adaptation = ({ request, answer }) => {
  const collected = new CollectedAnswer({ answer, startPings });
  const path = request.path.slice(COLLECTED_PREFIX.length);
  const readBody: ClientRequest['readBody'] = async (limits) => {
    const body = await request.readBody(limits);
    if (wantsStream(request, body)) collected.expectStream();
    return body;
  };
  return { request: { ...request, path, readBody }, answer: collected };
};

function wantsStream({ format, path, query }: ClientRequest, body: Buffer): boolean {
  try {
    return format.envelope.read({ path, query, body }).stream;
  } catch {
    return false; // the pipeline reads it, too, and says what is wrong
  }
}

function startPings(ping: () => void): () => void {
  const timer = setInterval(ping, PING_INTERVAL_MS);
  return () => clearInterval(timer);
}
