import type { IncomingMessage } from 'node:http';
import type { TrustedProxies } from './trusted-proxies.js';

/** Who called, believing `X-Forwarded-For` only from trusted proxies. Undefined when the socket is already gone. */
export function clientAddress(request: IncomingMessage, trustedProxies: TrustedProxies): string | undefined {
  return trustedProxies.addressOf(request.socket.remoteAddress, request.headers['x-forwarded-for']);
}
