import { GatewayError, type WireHeaders } from '@sluice/core';
import type { Cancellation } from '@sluice/streaming';
import type { Dispatcher } from 'undici';
import type { Transport } from '../account.js';
import type { StreamedBody, UpstreamReply } from '../provider.js';
import { cancellationError, ResponseHandler } from './response-handler.js';
import { SourceReadable } from './source-readable.js';
import { UpstreamPools, type UpstreamPoolsOptions } from './upstream-pools.js';

export interface UpstreamRequest {
  readonly method: Dispatcher.HttpMethod;
  /** Absolute, http or https. */
  readonly url: string;
  /** `accept-encoding` and what belongs to the connection are ours and left out here. */
  readonly headers: WireHeaders;
  /** Sent as it is. A Buffer is not copied: leave it alone until the call is over. */
  readonly body?: Buffer | StreamedBody | undefined;
  readonly transport: Transport;
  /** Before the head it rejects `send`; after it, it ends the body without a listener call, like the body's own `cancel`. */
  readonly cancellation: Cancellation;
}

export type UpstreamHttpOptions = UpstreamPoolsOptions;

/** What only the transport may say. */
const TRANSPORT_HEADERS = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * The one way to a vendor: pooled HTTP/1.1 on undici's dispatch. One promise per request and none per chunk.
 *
 * Timeouts are undici's: cheap, and exact to about half a second. Caller closes.
 */
export class UpstreamHttp {
  readonly #pools: UpstreamPools;
  #isClosed = false;

  constructor(options: UpstreamHttpOptions = {}) {
    this.#pools = new UpstreamPools(options);
  }

  /**
   * Resolves with the head, whatever its status; redirects are not followed.
   * @throws GatewayError `upstream_unreachable`, `upstream_silent`, `upstream_invalid_response`, `shutting_down`, or what
   *   the call was cancelled with; after the head the body's listener is told `upstream_truncated` or `upstream_silent`
   */
  send(request: UpstreamRequest): Promise<UpstreamReply> {
    return new Promise((resolve, reject) => {
      const { method, url, headers, body, transport, cancellation } = request;
      if (cancellation.isCancelled) return reject(cancellationError(cancellation.reason));
      if (this.#isClosed) return reject(stopping());
      const hostAt = url.indexOf('://') + 3;
      const pathAt = endOfHost(url, hostAt);
      const pool = this.#pools.acquire(url.slice(0, pathAt), transport);
      const { timeouts } = transport;
      const path = url.slice(pathAt);
      pool.dispatch(
        {
          method,
          path: path.startsWith('/') ? path : `/${path}`,
          headers: flattenHeaders(headers, body),
          body: body === undefined ? null : Buffer.isBuffer(body) ? body : new SourceReadable(body.source),
          headersTimeout: timeouts.firstByteMs,
          bodyTimeout: timeouts.idleMs,
        },
        new ResponseHandler({ host: url.slice(hostAt, pathAt), timeouts, cancellation, resolve, reject }),
      );
    });
  }

  /** Takes no more calls and waits for those that run. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#pools.close();
  }

  /** Takes no more calls and breaks off those that run. */
  async destroy(): Promise<void> {
    this.#isClosed = true;
    await this.#pools.destroy();
  }
}

function endOfHost(url: string, from: number): number {
  const slashAt = url.indexOf('/', from);
  const queryAt = url.indexOf('?', from);
  if (slashAt < 0) return queryAt < 0 ? url.length : queryAt;
  return queryAt < 0 ? slashAt : Math.min(slashAt, queryAt);
}

/** A flat list, which undici reads faster than an object. */
function flattenHeaders(headers: WireHeaders, body: UpstreamRequest['body']): string[] {
  const flat = ['accept-encoding', 'identity'];
  if (body !== undefined && !Buffer.isBuffer(body) && body.length !== undefined) {
    flat.push('content-length', String(body.length)); // undici cannot tell, and not every server reads chunked uploads
  }
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || TRANSPORT_HEADERS.has(name)) continue;
    if (typeof value === 'string') flat.push(name, value);
    else for (const item of value) flat.push(name, item);
  }
  return flat;
}

function stopping(): GatewayError {
  return new GatewayError({ kind: 'shutting_down', message: 'The gateway is stopping. Try again.' });
}
