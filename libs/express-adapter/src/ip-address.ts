import { isIP, SocketAddress } from 'node:net';

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/;
const IPV4_WITH_PORT = /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/;
const BRACKETED_IPV6 = /^\[([^\]]*)\](?::\d{1,5})?$/;

/** One spelling per address: IPv4-mapped IPv6 as IPv4, IPv6 compressed, in lower case, without zone. Anything else unchanged. */
export function canonicalAddress(address: string): string {
  if (!address.includes(':')) return address;
  const withoutZone = address.split('%', 1)[0] ?? address;
  if (isIP(withoutZone) !== 6) return address;
  const compressed = new SocketAddress({ address: withoutZone, family: 'ipv6' }).address;
  return MAPPED_IPV4.exec(compressed)?.[1] ?? compressed;
}

/** One hop of `X-Forwarded-For`: an address, perhaps with a port, perhaps in brackets. Undefined where it is no address. */
export function parseHop(written: string): string | undefined {
  const hop = written.trim();
  const address = IPV4_WITH_PORT.exec(hop)?.[1] ?? BRACKETED_IPV6.exec(hop)?.[1] ?? hop;
  return isIP(address) === 0 ? undefined : canonicalAddress(address);
}
