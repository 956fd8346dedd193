import type { IncomingMessage } from 'node:http';
import { GatewayError } from '@sluice/core';
import { bodyTooLarge } from './body-errors.js';
import { BodyCollector, type BodyLimits } from './body-collector.js';
import { contentDecoder } from './content-decoder.js';
import { discardRest } from './discard-rest.js';

/** node's request, and what Nest's `rawBody: true` leaves on it: the body, already decoded. */
export type RawBodyRequest = IncomingMessage & { readonly rawBody?: unknown };

/**
 * The bytes of a request's body, decoded from its `content-encoding`. The caller owns the Buffer.
 *
 * Works on bare node, behind Express without a parser, and behind Nest's `rawBody: true`.
 * After a refusal the rest of the body is discarded as it arrives, within bounds, so that the caller can simply answer:
 * most clients read the answer only when they have sent everything. A client that does not stop loses its connection.
 *
 * @throws GatewayError `request_too_large` · `request_timeout` · `client_closed` · `unsupported_media_type` ·
 *   `invalid_request` (the encoding is broken) · `internal_error` (somebody else has read the body: our misconfiguration)
 */
export function readRawBody(request: RawBodyRequest, limits: BodyLimits): Promise<Buffer> {
  if (Buffer.isBuffer(request.rawBody)) return checkedLength(request.rawBody, limits.maxBytes);
  if (request.readableDidRead) return Promise.reject(alreadyConsumed());

  const decode = contentDecoder(request.headers['content-encoding']);
  if (decode instanceof GatewayError) return refused(request, decode);
  if (declaredLength(request) > limits.maxBytes) return refused(request, bodyTooLarge(limits.maxBytes));

  const body = new BodyCollector(request, limits).collect();
  return decode === undefined ? body : body.then((encoded) => decode(encoded, limits.maxBytes));
}

function checkedLength(body: Buffer, maxBytes: number): Promise<Buffer> {
  return body.length > maxBytes ? Promise.reject(bodyTooLarge(maxBytes)) : Promise.resolve(body);
}

function refused(request: IncomingMessage, error: GatewayError): Promise<never> {
  discardRest(request);
  return Promise.reject(error);
}

function declaredLength(request: IncomingMessage): number {
  const header = request.headers['content-length'];
  return header === undefined ? 0 : Number(header);
}

function alreadyConsumed(): GatewayError {
  return new GatewayError({
    kind: 'internal_error',
    message: 'The gateway could not read the request body, because it is mounted behind a body parser.',
    cause: new Error(
      'The request body was consumed before readRawBody: create the Nest application with { bodyParser: false } ' +
        '(or { rawBody: true }), or mount the parser only on the paths that need it.',
    ),
  });
}
