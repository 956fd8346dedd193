import type { IncomingMessage } from 'node:http';

/** The path of a request, as it was sent. */
export function pathOf({ url = '/' }: Pick<IncomingMessage, 'url'>): string {
  const queryAt = url.indexOf('?');
  return queryAt < 0 ? url : url.slice(0, queryAt);
}

/** Its query with the leading `?`, or the empty string. */
export function queryOf({ url = '/' }: Pick<IncomingMessage, 'url'>): string {
  const queryAt = url.indexOf('?');
  return queryAt < 0 ? '' : url.slice(queryAt);
}
