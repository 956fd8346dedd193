import { GatewayError } from '@sluice/core';
import { buildConnector, Pool } from 'undici';
import type { UpstreamTls } from '../account.js';
import { httpTunnel } from './http-tunnel.js';
import { socks5Tunnel } from './socks5-tunnel.js';
import { tunnelConnector, type OpenTunnel } from './tunnel-connector.js';

/**
 * How long an idle connection is kept when the vendor does not say (undici's own 4 s would cost an agent, which calls every
 * ten seconds or so, a TLS handshake each time). Vendors that close earlier tell us by closing.
 */
export const KEEP_ALIVE_MS = 30_000;

export interface PoolOptions {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Undefined = no proxy. */
  readonly proxyUrl: string | undefined;
  readonly tls: UpstreamTls | undefined;
  readonly connectMs: number;
}

/**
 * Opens the connections to one origin on one way. As many connections as there are concurrent calls: a vendor's stream
 * occupies its connection for minutes, so calls never wait for each other.
 * @throws GatewayError `upstream_unreachable` when the origin or the proxy URL makes no sense
 */
export function openPool(options: PoolOptions): Pool {
  const { origin, proxyUrl, tls, connectMs } = options;
  const connect =
    proxyUrl === undefined
      ? buildConnector({ ...tls, timeout: connectMs })
      : tunnelConnector({ openTunnel: tunnelOf(proxyUrl), tls, connectMs });
  try {
    if (origin.includes('@')) throw new TypeError('the origin holds a user name');
    return new Pool(origin, { connections: null, pipelining: 1, keepAliveTimeout: KEEP_ALIVE_MS, connect });
  } catch (cause) {
    throw new GatewayError({
      kind: 'upstream_unreachable',
      message: "The account's baseUrl is not an http or https URL without a user name.",
      cause,
    });
  }
}

function tunnelOf(proxyUrl: string): OpenTunnel {
  try {
    const proxy = new URL(proxyUrl);
    switch (proxy.protocol) {
      case 'http:':
      case 'https:':
        return httpTunnel(proxy);
      case 'socks5:':
      case 'socks5h:':
        return socks5Tunnel(proxy);
      default:
        throw new TypeError(`unknown proxy scheme ${proxy.protocol}`);
    }
  } catch (cause) {
    throw new GatewayError({
      kind: 'upstream_unreachable',
      message: "The account's proxyUrl is not an http, https or socks5 URL.",
      // the URL parser's error repeats its input, which may hold a password
      cause: cause instanceof TypeError && 'input' in cause ? undefined : cause,
    });
  }
}
