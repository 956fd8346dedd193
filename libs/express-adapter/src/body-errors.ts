import { GatewayError } from '@sluice/core';

const BYTES_PER_MIB = 1024 * 1024;
const MS_PER_SECOND = 1000;

/** The body, or what it decodes to, is over the limit. */
export function bodyTooLarge(maxBytes: number): GatewayError {
  return new GatewayError({
    kind: 'request_too_large',
    message: `The request body is larger than ${spellBytes(maxBytes)}; send less, for example fewer or smaller attachments.`,
  });
}

/** The body did not arrive in time. */
export function bodyTooSlow(timeoutMs: number): GatewayError {
  return new GatewayError({
    kind: 'request_timeout',
    message: `The request body did not arrive within ${timeoutMs / MS_PER_SECOND} s; send the request again.`,
  });
}

/** The connection ended before the body did. Nobody reads this answer. */
export function clientGone(cause?: Error): GatewayError {
  return new GatewayError({
    kind: 'client_closed',
    message: 'The client closed the connection before its request body was complete.',
    cause,
  });
}

/** The body is not what its `content-encoding` says. */
export function brokenEncoding(encoding: string, cause: Error): GatewayError {
  return new GatewayError({
    kind: 'invalid_request',
    message: `The request body is not valid ${encoding}, although content-encoding says so; send it whole, or without content-encoding.`,
    cause,
  });
}

/** A `content-encoding` that we do not read. */
export function unknownEncoding(encoding: string, known: readonly string[]): GatewayError {
  return new GatewayError({
    kind: 'unsupported_media_type',
    message: `The content-encoding "${encoding}" is not supported; send one of ${known.join(', ')}, or none.`,
  });
}

function spellBytes(bytes: number): string {
  return bytes % BYTES_PER_MIB === 0 ? `${bytes / BYTES_PER_MIB} MiB` : `${bytes} bytes`;
}
