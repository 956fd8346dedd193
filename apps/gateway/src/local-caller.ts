import type { IncomingMessage } from 'node:http';
import { BlockList } from 'node:net';
import { clientAddress, TrustedProxies } from '@sluice/express-adapter';
import type { ClientAddresses } from './client-addresses.js';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');
const NO_PROXIES = new TrustedProxies([]);

/**
 * Whether a request comes from this machine. A forwarded one comes from somewhere else, even when the proxy that forwards it
 * stands on this machine.
 */
export function isLocalCaller(request: IncomingMessage, addresses: ClientAddresses): boolean {
  const address = addresses.of(request);
  if (address === undefined) return false;
  const isForwarded = request.headers['x-forwarded-for'] !== undefined;
  if (isForwarded && address === clientAddress(request, NO_PROXIES)) return false;
  return LOOPBACK.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}
