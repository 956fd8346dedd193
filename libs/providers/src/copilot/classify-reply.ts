import { isJsonObject, type Blame, type FailureAction, type GatewayErrorKind, type JsonValue } from '@sluice/core';
import { GatewayError, type FailedReply, type UpstreamFailure } from '@sluice/provider-kit';

interface Verdict {
  readonly kind: GatewayErrorKind;
  readonly blame: Blame;
  readonly action: FailureAction;
}

/** Dearer models are counted; the plan's included ones go on when nothing is left. */
const MODEL_QUOTA: Verdict = { kind: 'upstream_quota_exhausted', blame: 'model', action: 'next-account' };
const ACCOUNT_QUOTA: Verdict = { ...MODEL_QUOTA, blame: 'account' };
const MODEL_LIMIT: Verdict = { kind: 'upstream_rate_limited', blame: 'model', action: 'next-account' };
const ACCOUNT_LIMIT: Verdict = { ...MODEL_LIMIT, blame: 'account' };
/** The plan or its policy leaves the model out, or serves it elsewhere: no fault of the request. */
const NO_MODEL: Verdict = { kind: 'upstream_not_found', blame: 'model', action: 'next-account' };

/** By `error.code`, of which only the part in front of a colon counts. Seen 2025-11 in the vendor's editor. */
const VERDICTS: ReadonlyMap<string, Verdict> = new Map([
  ['quota_exceeded', MODEL_QUOTA],
  ['overage_limit_reached', MODEL_QUOTA],
  ['additional_spend_limit_reached', MODEL_QUOTA],
  ['free_quota_exceeded', ACCOUNT_QUOTA],
  ['billing_not_configured', ACCOUNT_QUOTA],
  ['rate_limited', MODEL_LIMIT],
  ['user_model_rate_limited', MODEL_LIMIT],
  ['integration_rate_limited', MODEL_LIMIT],
  ['agent_mode_limit_exceeded', MODEL_LIMIT],
  ['user_global_rate_limited', ACCOUNT_LIMIT],
  ['user_weekly_rate_limited', ACCOUNT_LIMIT],
  ['model_overloaded', { kind: 'upstream_overloaded', blame: 'provider', action: 'same' }],
  ['model_not_supported', NO_MODEL],
  ['unsupported_api_for_model', NO_MODEL],
]);

const PAYMENT_STATUS = 402;
/** The vendor's own: the client is too old. */
const OLD_CLIENT_STATUS = 466;

/** What differs from HTTP's norms. When a limit ends is in the headers, and read with those of every vendor. */
export function classifyReply({ status, body, error }: FailedReply): UpstreamFailure | undefined {
  if (status === OLD_CLIENT_STATUS) {
    const message =
      'GitHub Copilot no longer serves this editorVersion and pluginVersion; set newer ones at the account.';
    return failure(error, { kind: 'upstream_auth_failed', blame: 'account', action: 'next-account' }, message);
  }
  const verdict = VERDICTS.get(codeIn(body)) ?? (status === PAYMENT_STATUS ? MODEL_QUOTA : undefined);
  return verdict === undefined ? undefined : failure(error, verdict, error.message);
}

function failure(error: GatewayError, { kind, blame, action }: Verdict, message: string): UpstreamFailure {
  const { retryAfterMs, upstream, cause } = error;
  return {
    error: new GatewayError({
      kind,
      message,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(upstream !== undefined && { upstream }),
      ...(cause !== undefined && { cause }),
    }),
    blame,
    action,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** Empty where the body says none: proxies before the service answer in words. */
function codeIn(body: Buffer): string {
  let value: JsonValue;
  try {
    value = JSON.parse(body.toString()) as JsonValue; // what JSON.parse gives
  } catch {
    return '';
  }
  const error = isJsonObject(value) ? value['error'] : undefined;
  const code = isJsonObject(error) ? error['code'] : undefined;
  return typeof code === 'string' ? (code.split(':', 1)[0] ?? '') : '';
}
