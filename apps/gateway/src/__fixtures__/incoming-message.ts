import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** As much of node's request as the surface looks at. */
export function incomingMessage(
  remoteAddress: string | undefined,
  headers: IncomingHttpHeaders = {},
  rest: { readonly method?: string; readonly url?: string } = {},
): IncomingMessage {
  return { socket: { remoteAddress }, headers, ...rest } as IncomingMessage;
}
