import type { IncomingMessage } from 'node:http';
import { BlockList } from 'node:net';
import { clientAddress, TrustedProxies } from '@sluice/express-adapter';
import type { ClientAddresses } from './client-addresses.js';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');
const NO_PROXIES = new TrustedProxies([]);

/** What those leave behind who forward requests: some proxies say nothing of the client's address, or say it in words of their own. */
const TRACES = [
  'cf-connecting-ip',
  'forwarded',
  'true-client-ip',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
] as const;

/** The names by which this machine calls itself, with or without a port. */
const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/**
 * Whether a request comes from this machine, and from no page in a browser there. A forwarded one comes from somewhere else, even
 * when the proxy that forwards it stands on this machine, unless that proxy is trusted and says that it comes from here.
 */
export function isLocalCaller(request: IncomingMessage, addresses: ClientAddresses): boolean {
  const peer = clientAddress(request, NO_PROXIES);
  const caller = addresses.of(request);
  if (peer === undefined || caller === undefined || isFromPage(request)) return false;
  const isForwarded = TRACES.some((name) => request.headers[name] !== undefined);
  if (isForwarded && caller === peer) return false;
  return isLoopback(peer) && isLoopback(caller); // a proxy elsewhere cannot speak for callers here
}

/**
 * The same for what must stay at this machine although nobody asks for a key: the caller also has to call it by its own name. A
 * page whose name has been made to lead here calls it by that, and its browser does not say where such a request comes from.
 */
export function isLocalCallerByName(request: IncomingMessage, addresses: ClientAddresses): boolean {
  return LOCAL_HOST.test(request.headers.host ?? '') && isLocalCaller(request, addresses);
}

/** Browsers name the origin of every page that could read the answer, except for pages of this very gateway. */
function isFromPage({ headers: { origin, host } }: IncomingMessage): boolean {
  return origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
}

function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}
