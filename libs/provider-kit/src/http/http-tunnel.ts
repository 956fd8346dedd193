import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIPv6 } from 'node:net';
import { ProxyError } from './proxy-error.js';
import type { OpenTunnel } from './tunnel-connector.js';

const HTTP_PROXY_PORT = 80;
const HTTPS_PROXY_PORT = 443;
const PROXY_AUTHENTICATION_REQUIRED = 407;
const TCP_KEEP_ALIVE_MS = 60_000;

/**
 * A tunnel by `CONNECT`, for `http:` and `https:` vendors alike.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-connect
 */
export function httpTunnel(proxy: URL): OpenTunnel {
  const isSecure = proxy.protocol === 'https:';
  const send = isSecure ? requestHttps : requestHttp;
  const authorization = basicAuthorization(proxy);
  return ({ host, port }, done) => {
    const authority = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
    const request = send({
      method: 'CONNECT',
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || (isSecure ? HTTPS_PROXY_PORT : HTTP_PROXY_PORT),
      path: authority,
      headers: { host: authority, ...(authorization !== undefined && { 'proxy-authorization': authorization }) },
      agent: false,
    });
    request.once('connect', (response, socket, head) => {
      const status = response.statusCode ?? 0;
      if (status < 200 || status > 299) {
        socket.destroy();
        return done(refusal(status));
      }
      if (head.length > 0) socket.unshift(head);
      socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS);
      done(null, socket);
    });
    request.once('error', (cause: NodeJS.ErrnoException) => done(cause));
    request.end();
    return () => request.destroy();
  };
}

function refusal(status: number): ProxyError {
  if (status === PROXY_AUTHENTICATION_REQUIRED) {
    return new ProxyError('PROXY_AUTH', 'it answered 407, so it wants a user name and a password in proxyUrl');
  }
  return new ProxyError('PROXY_REFUSED', `it answered ${status} to CONNECT`);
}

function basicAuthorization(proxy: URL): string | undefined {
  if (proxy.username === '' && proxy.password === '') return undefined;
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}
