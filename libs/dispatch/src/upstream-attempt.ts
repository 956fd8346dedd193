import { headerValue } from '@sluice/core';
import { type FailedReply, type UpstreamReply } from '@sluice/provider-kit';
import { collect } from '@sluice/streaming';
import type { ExchangePlan, WireCall } from '@sluice/translator-kit';
import { adaptCall } from './adapt-call.js';
import { openPath, type AnswerPath } from './answer-path.js';
import type { AttemptOutcome } from './attempt-outcome.js';
import { outcomeOfFailure } from './body-relay.js';
import { completeRequest } from './decoded-request.js';
import type { Exchange } from './exchange.js';
import type { InlineMedia } from './inline-media.js';
import { vendorModel, type PathOptions } from './path-options.js';
import type { Pause } from './pause.js';
import { sendInTime } from './send-in-time.js';
import { shapeBody, shapeHeadersFor } from './shape-call.js';

/** A larger error body is not read: the status alone says what happened. */
export const MAX_ERROR_BODY_BYTES = 1024 * 1024;

const FIRST_ERROR_STATUS = 400;
const REQUEST_ID_HEADERS = ['x-request-id', 'request-id', 'x-amzn-requestid'] as const;

export interface UpstreamAttemptOptions extends PathOptions {
  readonly plan: ExchangePlan;
  readonly pause: Pause;
  /** Undefined = nothing that a request names by address is fetched. */
  readonly media: InlineMedia | undefined;
}

/** Sends one call to one account and brings its answer to the client. Rejects only for a defect of ours. */
export async function runUpstreamAttempt(options: UpstreamAttemptOptions): Promise<AttemptOutcome> {
  const { exchange, plan, lease, credential, media } = options;
  let path: AnswerPath;
  let reply: UpstreamReply;
  let warningsBefore = 0;
  const ask = async ({ query, body }: WireCall): Promise<UpstreamReply> => {
    const format = path.upstream.id;
    const adapted = adaptCall(options, { format, body, warningsBefore });
    const { headers, operatorHeaders } = shapeHeadersFor(exchange, lease, adapted.headers);
    // written out: spreading it together costs more than making it
    const heard = await sendInTime(options, {
      account: lease.declaration.account,
      credential,
      format,
      model: vendorModel(options),
      stream: exchange.facts?.stream ?? false,
      query,
      body: shapeBody(adapted.body, format, options),
      headers,
      operatorHeaders,
      cancellation: exchange.cancellation,
    });
    const { isCancelled, reason } = exchange.cancellation;
    if (isCancelled) {
      heard.body.cancel(reason); // the provider has not noticed
      throw reason;
    }
    exchange.upstreamRequestId = upstreamRequestId(heard);
    lease.hear(heard.headers);
    return heard;
  };
  try {
    const completing = completeRequest(plan, options, media);
    if (completing !== undefined) await completing;
    path = openPath(plan, options);
    warningsBefore = exchange.warnings;
    reply = await ask(path.call);
  } catch (cause) {
    return outcomeOfFailure(cause, exchange.cancellation);
  }
  if (reply.status >= FIRST_ERROR_STATUS) return readFailure(exchange, path, reply);
  exchange.isAnswering = true;
  const outcome = await path.answer(reply, ask);
  if (outcome.type === 'failed') exchange.isAnswering = false; // a failure inside a 200 is no answer
  return outcome;
}

async function readFailure(
  exchange: Exchange,
  { upstream }: AnswerPath,
  reply: UpstreamReply,
): Promise<AttemptOutcome> {
  let body: Buffer;
  try {
    body = await collect(reply.body, { maxBytes: MAX_ERROR_BODY_BYTES, cancellation: exchange.cancellation });
  } catch (cause) {
    if (exchange.cancellation.isCancelled) return outcomeOfFailure(cause, exchange.cancellation);
    body = Buffer.alloc(0); // a body that broke off or is too large says no more than the status
  }
  const error = upstream.upstream.decodeError(reply.status, reply.headers, body);
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
