import { GatewayError, type JsonValue, type WireHeaders } from '@sluice/core';
import { Cancellation } from '@sluice/streaming';
import type { Transport } from '../account.js';
import { mergeHeaders } from '../headers/merge-headers.js';
import { readBody } from './read-body.js';
import type { UpstreamHttp } from './upstream-http.js';
import { USER_AGENT } from '../headers/user-agent.js';

/** The largest answer that a side call (model list, token refresh) may give. */
export const MAX_JSON_BYTES = 8 * 1024 * 1024;

export interface JsonRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: WireHeaders;
  /** Sent as JSON, or as a form where it is `URLSearchParams`. */
  readonly body?: JsonValue | URLSearchParams;
  readonly transport: Transport;
  readonly signal: AbortSignal;
  /** Default {@link MAX_JSON_BYTES}. */
  readonly maxBytes?: number;
}

export interface JsonReply {
  readonly status: number;
  readonly headers: WireHeaders;
  /** Undefined = the body is not JSON. */
  readonly value: JsonValue | undefined;
}

/**
 * A small call beside inference, read whole. The status is the caller's to judge (`replyFailure`).
 * @throws GatewayError as `UpstreamHttp.send` and `readBody` do; `upstream_silent` when a timeout signal fires
 */
export async function requestJson(http: UpstreamHttp, request: JsonRequest): Promise<JsonReply> {
  const { method, url, headers, body, transport, signal, maxBytes = MAX_JSON_BYTES } = request;
  const cancellation = new Cancellation();
  const cancel = (): void => cancellation.cancel(abortError(signal.reason));
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const payload = encodePayload(body);
    const reply = await http.send({
      method,
      url,
      headers: mergeHeaders({ accept: 'application/json', 'user-agent': USER_AGENT }, payload.headers, headers),
      ...(payload.bytes !== undefined && { body: payload.bytes }),
      transport,
      cancellation,
    });
    const bytes = await readBody(reply.body, maxBytes, cancellation);
    return { status: reply.status, headers: reply.headers, value: parse(bytes) };
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

function encodePayload(body: JsonRequest['body']): { headers: WireHeaders; bytes?: Buffer } {
  if (body === undefined) return { headers: {} };
  if (body instanceof URLSearchParams) {
    return { headers: { 'content-type': 'application/x-www-form-urlencoded' }, bytes: Buffer.from(body.toString()) };
  }
  return { headers: { 'content-type': 'application/json' }, bytes: Buffer.from(JSON.stringify(body)) };
}

function parse(bytes: Buffer): JsonValue | undefined {
  try {
    return JSON.parse(bytes.toString()) as JsonValue; // what JSON.parse gives is JSON
  } catch {
    return undefined; // the caller says what it expected
  }
}

function abortError(reason: unknown): GatewayError {
  if (reason instanceof GatewayError) return reason;
  if (reason instanceof DOMException && reason.name === 'TimeoutError') {
    return new GatewayError({ kind: 'upstream_silent', message: 'The vendor did not answer in time.', cause: reason });
  }
  return new GatewayError({ kind: 'client_closed', message: 'The call was given up.', cause: reason });
}
