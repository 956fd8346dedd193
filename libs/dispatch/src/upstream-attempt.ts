import { GatewayError, headerValue, type FormatId } from '@sluice/core';
import type { AccountLease } from '@sluice/accounts';
import {
  forwardRequestHeaders,
  type Credential,
  type FailedReply,
  type Provider,
  type UpstreamReply,
} from '@sluice/provider-kit';
import type { WireCall, WireFormat } from '@sluice/translator-kit';
import { successHeaders } from './answer-headers.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import { outcomeOfFailure, relayBody } from './body-relay.js';
import { collectReply } from './collect-reply.js';
import type { Exchange } from './exchange.js';
import { secretsOf } from './sanitise-error.js';
import { StreamRelay } from './stream-relay.js';

/** A vendor's error body is read up to here; the rest is cut off with the connection. */
export const MAX_ERROR_BODY_BYTES = 1024 * 1024;

const FIRST_ERROR_STATUS = 400;
const EVENT_STREAM = /^text\/event-stream\s*(?:;|$)/i;
const REQUEST_ID_HEADERS = ['x-request-id', 'request-id'] as const;

export interface UpstreamAttemptOptions {
  readonly exchange: Exchange;
  readonly call: WireCall;
  readonly lease: AccountLease;
  readonly provider: Provider;
  readonly credential: Credential;
  /** The format that client and vendor share. */
  readonly format: WireFormat;
}

/** Sends one call to one account and brings its answer to the client. Rejects only for a defect of ours. */
export async function runUpstreamAttempt(options: UpstreamAttemptOptions): Promise<AttemptOutcome> {
  const { exchange, format, lease, provider, credential } = options;
  const stream = exchange.facts?.stream ?? false;
  const { call, hideUsage } = prepareCall(options, stream);

  let reply: UpstreamReply;
  try {
    reply = await provider.send({
      account: lease.declaration.account,
      credential,
      format: format.id,
      model: lease.model,
      stream,
      query: call.query,
      body: call.body,
      headers: forwardRequestHeaders(exchange.request.headers),
      cancellation: exchange.cancellation,
    });
  } catch (cause) {
    return outcomeOfFailure(cause, exchange.cancellation);
  }
  exchange.upstreamRequestId = upstreamRequestId(reply);
  if (reply.status >= FIRST_ERROR_STATUS) return readFailure(exchange, format, reply);

  const { observe } = format;
  if (observe === undefined) throw missingSide(format.id);
  if (EVENT_STREAM.test(headerValue(reply.headers, 'content-type') ?? '')) {
    const observer = observe.createStreamObserver();
    return new StreamRelay({
      exchange,
      reply,
      observer,
      hideUsage,
      headers: successHeaders(exchange, reply.headers, true),
      secrets: () => secretsOf(lease.declaration.account, credential),
    }).run();
  }
  return relayBody({ exchange, reply, observer: observe, headers: successHeaders(exchange, reply.headers, false) });
}

/** The client's bytes for this account: the model spliced in and, in a stream, usage asked for. */
function prepareCall(options: UpstreamAttemptOptions, stream: boolean): { call: WireCall; hideUsage: boolean } {
  const { format, lease } = options;
  const call = format.envelope.withModel(options.call, lease.model);
  const mayAskForUsage = stream && lease.declaration.account.settings['streamUsage'] !== false;
  const withUsage = mayAskForUsage ? format.envelope.withUsage?.(call) : undefined;
  return withUsage === undefined ? { call, hideUsage: false } : { call: withUsage, hideUsage: true };
}

async function readFailure(exchange: Exchange, format: WireFormat, reply: UpstreamReply): Promise<AttemptOutcome> {
  if (format.upstream === undefined) throw missingSide(format.id);
  let body: Buffer;
  try {
    body = await collectReply(reply.body, MAX_ERROR_BODY_BYTES, exchange.cancellation);
  } catch (cause) {
    if (exchange.cancellation.isCancelled) return outcomeOfFailure(cause, exchange.cancellation);
    body = Buffer.alloc(0); // the status alone says what happened
  }
  const error = format.upstream.decodeError(reply.status, reply.headers, body);
  const failed: FailedReply = { status: reply.status, headers: reply.headers, body, error };
  return { type: 'failed', error, reply: failed };
}

function upstreamRequestId(reply: UpstreamReply): string | undefined {
  for (const name of REQUEST_ID_HEADERS) {
    const value = headerValue(reply.headers, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

function missingSide(format: FormatId): GatewayError {
  return new GatewayError({
    kind: 'unsupported_translation',
    message: `The format ${format} cannot be passed through.`,
  });
}
