import type { Socket } from 'node:net';
import { buildConnector } from 'undici';
import type { UpstreamTls } from '../account.js';
import { ProxyError } from './proxy-error.js';

export interface TunnelTarget {
  /** A name or an address; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
}

/**
 * Opens a byte pipe to the target through a proxy. `done` is called at most once.
 * @returns gives the attempt up; `done` may still be called and is ignored then
 */
export type OpenTunnel = (target: TunnelTarget, done: (error: Error | null, socket?: Socket) => void) => () => void;

export interface TunnelConnectorOptions {
  readonly openTunnel: OpenTunnel;
  /** For the vendor's side. The proxy's own certificate is checked against the system's authorities. */
  readonly tls: UpstreamTls | undefined;
  /** For the whole way: proxy, tunnel, and TLS with the vendor. */
  readonly connectMs: number;
}

const HTTPS_PORT = 443;
const HTTP_PORT = 80;

/**
 * Makes an undici pool reach its origin through a proxy.
 *
 * undici 7.30's own `ProxyAgent` connects again without end or pause when a proxy drops the connection (3,800 connections
 * in 1.5 s on loopback, and the request never fails), and its SOCKS agent has fixed timeouts and none for TLS. With our own
 * connector one pool class serves every way out, and one deadline covers all of it.
 */
export function tunnelConnector(options: TunnelConnectorOptions): buildConnector.connector {
  const { openTunnel, tls, connectMs } = options;
  const secure = buildConnector({ ...tls, timeout: 0 });
  return (target, callback) => {
    let isSettled = false;
    let tunnel: Socket | undefined;
    const settle = (error: Error | null, socket?: Socket): void => {
      if (isSettled) return void socket?.destroy();
      isSettled = true;
      clearTimeout(deadline);
      if (error === null && socket !== undefined) return callback(null, socket);
      tunnel?.destroy();
      giveUp();
      callback(error ?? new ProxyError('PROXY_PROTOCOL', 'it gave no connection'), null);
    };
    const deadline = setTimeout(() => {
      settle(new ProxyError('PROXY_TIMEOUT', `there was no connection within ${connectMs} ms`));
    }, connectMs);
    const isSecure = target.protocol === 'https:';
    const port = Number(target.port) || (isSecure ? HTTPS_PORT : HTTP_PORT);
    const giveUp = openTunnel({ host: target.hostname, port }, (error, socket) => {
      if (error !== null) return settle(error instanceof ProxyError ? error : unreachable(error));
      if (socket === undefined || isSettled || !isSecure) return settle(null, socket);
      tunnel = socket;
      secure({ ...target, httpSocket: socket }, (failure, secured) => settle(failure, secured ?? undefined));
    });
  };
}

function unreachable(cause: NodeJS.ErrnoException): ProxyError {
  return new ProxyError('PROXY_UNREACHABLE', `the connection to it failed (${cause.code ?? cause.name})`, cause);
}
