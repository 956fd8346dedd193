import { GatewayError, type FailedReply, type UpstreamFailure } from '@sluice/provider-kit';

const AT_CAPACITY = /\bmodel is at capacity\b/i;
const FORBIDDEN_STATUS = 403;
const HTML = /^\s*<(?:!doctype|html)\b/i;

/** What differs from HTTP's norms; a spent plan (`usage_limit_reached`) is told apart by the format already. */
export function classifyReply({ status, body, error }: FailedReply): UpstreamFailure | undefined {
  if (AT_CAPACITY.test(error.message)) return { error: busy(error), blame: 'model', action: 'next-account' };
  if (status === FORBIDDEN_STATUS && HTML.test(body.toString('latin1', 0, 64))) {
    return { error: challenged(error), blame: 'account', action: 'next-account' };
  }
  return undefined;
}

function busy({ message, upstream }: GatewayError): GatewayError {
  return new GatewayError({ kind: 'upstream_rate_limited', message, ...(upstream && { upstream }) });
}

/** A page for browsers: it says nothing of the login, so that is not renewed for it. */
function challenged({ upstream }: GatewayError): GatewayError {
  return new GatewayError({
    kind: 'upstream_error',
    message: 'The vendor’s front door asked for a browser. Its address may be blocked: try another proxyUrl.',
    ...(upstream && { upstream: { status: upstream.status, message: 'a page for browsers' } }),
  });
}
