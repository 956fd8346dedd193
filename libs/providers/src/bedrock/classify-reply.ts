import type { FailedReply, UpstreamFailure, WireHeaders } from '@sluice/provider-kit';

/** How AWS names the exception; a namespace may stand before it, an address behind it. */
const EXCEPTION_HEADER = 'x-amzn-errortype';

/** A model that the account was not given, in several wordings. */
const MODEL_ACCESS = /access to the model|model access|not authorized to perform: bedrock:InvokeModel/i;

/** An identity that was good once. */
const EXPIRED = /^ExpiredToken(?:Exception)?$/;

/** What differs from HTTP's norms; most exceptions are told apart by the format already. */
export function classifyReply({ headers, error }: FailedReply): UpstreamFailure | undefined {
  switch (exceptionIn(headers)) {
    case 'AccessDeniedException': // the account is fine for other models
      return MODEL_ACCESS.test(error.message) ? { error, blame: 'model', action: 'next-account' } : undefined;
    case 'ModelNotReadyException': // a pause helps; AWS's own client repeats such calls, too
    case 'ModelErrorException':
      return { error, blame: 'model', action: 'same' };
    case 'ModelTimeoutException': // it has taken minutes already
      return { error, blame: 'model', action: 'next-account' };
    case 'ServiceQuotaExceededException':
      return { error, blame: 'account', action: 'next-account' };
    default:
      return undefined;
  }
}

/** Whether the vendor refused an identity because its time is over. */
export function isExpired(headers: WireHeaders): boolean {
  return EXPIRED.test(exceptionIn(headers) ?? '');
}

function exceptionIn(headers: WireHeaders): string | undefined {
  const value = headers[EXCEPTION_HEADER];
  const name = typeof value === 'object' ? value[0] : value;
  return name?.slice(name.lastIndexOf('#') + 1).split(':')[0];
}
