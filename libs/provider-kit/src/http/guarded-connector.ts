import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { isPublicAddress } from './public-address.js';

/** All addresses of a name, as the operating system knows them. */
export type ResolveAddresses = (
  hostname: string,
  done: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

/** A host has an address, or is one, that is none of the public internet. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';

  constructor() {
    super('the host is not on the public internet');
  }
}

export interface GuardedConnectorOptions {
  readonly connectMs: number;
  /** Default: the system's. */
  readonly resolve?: ResolveAddresses;
  /** Which addresses may be connected to. Default: those of the public internet. */
  readonly isAllowed?: (address: string) => boolean;
}

/**
 * Connects to public addresses only. The check is made on the addresses that the connection is opened to, so that a name
 * that resolves to another address a moment later gains nothing; and once more on the open connection. A name with one private
 * address among others is refused.
 */
export function guardedConnector(options: GuardedConnectorOptions): buildConnector.connector {
  const { connectMs, resolve = resolveBySystem, isAllowed = isPublicAddress } = options;
  const connect = buildConnector({ timeout: connectMs, lookup: guardedLookup(resolve, isAllowed) });
  return (target, callback) => {
    const literal = literalAddress(target.hostname);
    if (literal !== undefined && !isAllowed(literal)) return callback(new PrivateAddressError(), null); // never looked up
    connect(target, (error, socket) => {
      if (error !== null) return callback(error, null);
      if (isAllowed(socket.remoteAddress ?? '')) return callback(null, socket);
      socket.destroy();
      callback(new PrivateAddressError(), null);
    });
  };
}

function guardedLookup(resolve: ResolveAddresses, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, { all }, done) => {
    resolve(hostname, (error, addresses) => {
      const [first] = addresses;
      if (error !== null || first === undefined) return done(error ?? new Error('the host has no address'), '', 0);
      if (!addresses.every(({ address }) => isAllowed(address))) return done(new PrivateAddressError(), '', 0);
      if (all === true) done(null, [...addresses]);
      else done(null, first.address, first.family);
    });
  };
}

function resolveBySystem(hostname: string, done: Parameters<ResolveAddresses>[1]): void {
  systemLookup(hostname, { all: true }, done);
}

/** The address where a host is one, without the brackets of IPv6; a URL has already made it canonical. */
function literalAddress(hostname: string): string | undefined {
  if (hostname.startsWith('[')) return hostname.slice(1, -1);
  return hostname.includes(':') || /^[\d.]+$/.test(hostname) ? hostname : undefined;
}
