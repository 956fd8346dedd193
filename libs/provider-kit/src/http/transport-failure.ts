import { GatewayError, type GatewayErrorKind } from '@sluice/core';
import type { UpstreamTimeouts } from '../account.js';
import { ProxyError } from './proxy-error.js';

export interface FailureContext {
  /** Host and port of the vendor: all of its address that a message may show. */
  readonly host: string;
  readonly timeouts: UpstreamTimeouts;
  /** Whether the head of the answer had arrived. */
  readonly hasHead: boolean;
}

const CERTIFICATE_HINT = 'If you trust it, name the file of its authority as tls.caFile of the account.';

/** Why a connection did not come about, by node's and undici's codes. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused. Check baseUrl, and that the server runs.',
  ENOTFOUND: 'its name does not resolve. Check the addresses of the account, the name service and the proxy.',
  EAI_AGAIN: 'its name could not be resolved just now.',
  ECONNRESET: 'the connection was reset.',
  EPIPE: 'the connection was closed.',
  EHOSTUNREACH: 'there is no route to the host.',
  ENETUNREACH: 'there is no route to the network.',
  ETIMEDOUT: 'the connection timed out.',
  UND_ERR_SOCKET: 'the connection was closed before an answer came.',
  EPROTO: 'TLS failed. Check whether baseUrl should begin with http: instead of https:.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'TLS failed. Check whether baseUrl should begin with http: instead of https:.',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'its certificate is for another host. If that is as it should be, set tls.serverName of the account to the name in it.',
  CERT_HAS_EXPIRED: 'its certificate has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: `its certificate is self-signed. ${CERTIFICATE_HINT}`,
  SELF_SIGNED_CERT_IN_CHAIN: `its certificate comes from an authority that is not known here. ${CERTIFICATE_HINT}`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: `its certificate comes from an authority that is not known here. ${CERTIFICATE_HINT}`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `its certificate comes from an authority that is not known here. ${CERTIFICATE_HINT}`,
};

/** The parser's errors carry its own code, or none at all and then only their name. */
const UNREADABLE_HEAD = /^(?:HPE_|HTTPParserError$|UND_ERR_HEADERS_OVERFLOW$)/;

/** Turns what node, undici or a proxy threw into what the client is told. Never shows a URL, which may hold a secret. */
export function transportFailure(cause: unknown, context: FailureContext): GatewayError {
  const code = codeOf(cause);
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED') {
    return failure('shutting_down', 'The gateway is stopping. Try again.', cause);
  }
  return context.hasHead ? bodyFailure(code, cause, context) : headFailure(code, cause, context);
}

function headFailure(code: string, cause: unknown, { host, timeouts }: FailureContext): GatewayError {
  if (code === 'UND_ERR_HEADERS_TIMEOUT') {
    return failure('upstream_silent', `${host} did not begin to answer within ${timeouts.firstByteMs} ms.`, cause);
  }
  if (UNREADABLE_HEAD.test(code)) {
    return failure('upstream_invalid_response', `What ${host} answered is not HTTP that can be read (${code}).`, cause);
  }
  return failure('upstream_unreachable', unreachable(code, cause, host, timeouts), cause);
}

function unreachable(code: string, cause: unknown, host: string, { connectMs }: UpstreamTimeouts): string {
  if (cause instanceof ProxyError) return `Could not reach ${host} through the proxy: ${cause.message}.`;
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return `Could not reach ${host}: no connection within ${connectMs} ms.`;
  // names the header, never its value
  if (code === 'UND_ERR_INVALID_ARG') return `The request to ${host} could not be formed: ${messageOf(cause)}.`;
  const reason = REASONS[code];
  return reason === undefined ? `Could not reach ${host} (${code}).` : `Could not reach ${host}: ${reason}`;
}

function bodyFailure(code: string, cause: unknown, { host, timeouts }: FailureContext): GatewayError {
  if (code === 'UND_ERR_BODY_TIMEOUT') {
    return failure(
      'upstream_silent',
      `${host} sent nothing for ${timeouts.idleMs} ms in the middle of its answer.`,
      cause,
    );
  }
  return failure('upstream_truncated', `The answer of ${host} stopped before its end (${code}).`, cause);
}

function failure(kind: GatewayErrorKind, message: string, cause: unknown): GatewayError {
  return new GatewayError({ kind, message, cause });
}

/** The first of several attempts speaks for all (a name with several addresses fails as an AggregateError). */
function codeOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return 'unknown';
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  if (cause instanceof AggregateError) return codeOf(cause.errors[0]);
  return cause instanceof Error ? cause.name : 'unknown';
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'unknown';
}
