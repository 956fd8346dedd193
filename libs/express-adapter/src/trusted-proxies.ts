import { BlockList, isIP } from 'node:net';
import { canonicalAddress, parseHop } from './ip-address.js';

/** Hops of `X-Forwarded-For` that are looked at, from the right. More proxies than this in a row are not believed. */
const MAX_FORWARDED_HOPS = 32;
/** Addresses whose verdict is remembered; a look-up in the list costs about 2 µs. */
const MAX_REMEMBERED_VERDICTS = 1024;

const IPV4_BITS = 32;
const IPV6_BITS = 128;
/** Bits of `::ffff:0:0/96`, the block in which IPv6 writes IPv4 addresses. */
const MAPPED_PREFIX_BITS = IPV6_BITS - IPV4_BITS;

/**
 * The proxies whose `X-Forwarded-For` is believed, compiled once.
 * Addresses come out canonical: IPv4-mapped IPv6 as IPv4, IPv6 compressed and in lower case, without zone and port.
 */
export class TrustedProxies {
  readonly #list = new BlockList();
  readonly #isEmpty: boolean;
  readonly #verdicts = new Map<string, boolean>();

  /**
   * @param entries addresses or CIDR blocks, IPv4 or IPv6
   * @throws TypeError naming the entry that is neither
   */
  constructor(entries: readonly string[]) {
    for (const entry of entries) this.#add(entry);
    this.#isEmpty = entries.length === 0;
  }

  /**
   * Who called: the socket's peer or, while the peer is a trusted proxy, the last hop that is not.
   * A hop that is no address ends the walk at the proxy that reported it.
   *
   * @param socketAddress undefined when the socket is already gone; then so is the answer
   * @param forwardedFor `X-Forwarded-For`, as node gives it
   */
  addressOf(
    socketAddress: string | undefined,
    forwardedFor: string | readonly string[] | undefined,
  ): string | undefined {
    if (socketAddress === undefined) return undefined;
    const peer = canonicalAddress(socketAddress);
    if (this.#isEmpty || forwardedFor === undefined || !this.#isTrusted(peer)) return peer;
    return this.#lastUntrustedHop(peer, typeof forwardedFor === 'string' ? forwardedFor : forwardedFor.join(','));
  }

  #lastUntrustedHop(peer: string, forwardedFor: string): string {
    let nearest = peer;
    let end = forwardedFor.length;
    for (let hops = 0; hops < MAX_FORWARDED_HOPS && end >= 0; hops++) {
      const comma = end === 0 ? -1 : forwardedFor.lastIndexOf(',', end - 1);
      const hop = parseHop(forwardedFor.slice(comma + 1, end));
      if (hop === undefined) return nearest;
      if (!this.#isTrusted(hop)) return hop;
      nearest = hop;
      end = comma;
    }
    return nearest;
  }

  #isTrusted(address: string): boolean {
    const known = this.#verdicts.get(address);
    if (known !== undefined) return known;
    const verdict = isIP(address) !== 0 && this.#list.check(address, familyOf(address));
    if (this.#verdicts.size >= MAX_REMEMBERED_VERDICTS) this.#verdicts.clear();
    this.#verdicts.set(address, verdict);
    return verdict;
  }

  #add(entry: string): void {
    const [written = '', bits, ...rest] = entry.trim().split('/');
    if (isIP(written) === 0 || written.includes('%') || rest.length > 0) throw invalid(entry);
    const address = canonicalAddress(written);
    if (bits === undefined) return this.#list.addAddress(address, familyOf(address));

    const isMapped = isIP(written) === 6 && isIP(address) === 4;
    const prefix = /^\d{1,3}$/.test(bits) ? Number(bits) - (isMapped ? MAPPED_PREFIX_BITS : 0) : -1;
    if (prefix < 0 || prefix > (isIP(address) === 4 ? IPV4_BITS : IPV6_BITS)) throw invalid(entry);
    this.#list.addSubnet(address, prefix, familyOf(address));
  }
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}

function invalid(entry: string): TypeError {
  return new TypeError(
    `"${entry}" is not a trusted proxy: write an IP address (192.0.2.7, 2001:db8::1) or a CIDR block (10.0.0.0/8, fd00::/8).`,
  );
}
