import { GatewayError, replyFailure, type JsonReply } from '@sluice/provider-kit';

/**
 * What a failed renewal means for the login. `dead`: no retry brings it back. `counted`: after a few in a row it counts as
 * dead. `passing`: it says nothing of the login, so an access token that is still valid is used on.
 */
export type RefusalVerdict = 'dead' | 'counted' | 'passing';

/** A renewal that the vendor did not grant. */
export interface Refusal {
  readonly verdict: RefusalVerdict;
  readonly error: GatewayError;
}

interface RefusalRule {
  readonly statuses: readonly number[];
  /** Matched against the words of the answer; absent = whatever it says. */
  readonly says?: RegExp;
  readonly verdict: RefusalVerdict;
  /** For the message. */
  readonly reason: string;
}

/** From top to bottom; the two services put their word into different members. */
const RULES: readonly RefusalRule[] = [
  { statuses: [400, 401, 403], says: /\binvalid_grant\b/, verdict: 'dead', reason: 'the refresh token is invalid' },
  {
    statuses: [400, 401, 403],
    says: /\b(?:invalid_client|unauthorized_client)\b/,
    verdict: 'dead',
    reason: 'the registration of its client has ended',
  },
  { statuses: [400], says: /\bexpired_token\b/, verdict: 'dead', reason: 'the refresh token has expired' },
  { statuses: [400, 403], says: /\baccess_denied\b/, verdict: 'dead', reason: 'access was denied' },
  { statuses: [401], says: /bad credentials/i, verdict: 'dead', reason: 'its credentials are refused' },
];

/** Not now. Never counted against a login. */
const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 409, 425, 429]);

/** Reads an answer that grants nothing. Its words are looked at and never repeated: they may hold what was sent. */
export function refusalOf(reply: JsonReply): Refusal {
  const { status } = reply;
  const words = JSON.stringify(reply.value ?? '');
  const rule = RULES.find(({ statuses, says }) => statuses.includes(status) && (says?.test(words) ?? true));
  if (rule !== undefined)
    return { verdict: rule.verdict, error: deadLogin(`The vendor refused to renew it: ${rule.reason}.`) };
  const failure = replyFailure(reply, 'a new access token');
  if (status >= 500 || PASSING_STATUSES.has(status)) return { verdict: 'passing', error: failure };
  return { verdict: 'counted', error: refused(failure) };
}

/** A login that only its owner can bring back. */
export function deadLogin(reason: string): GatewayError {
  return new GatewayError({ kind: 'upstream_auth_failed', message: `The Kiro account must log in again. ${reason}` });
}

/** The account is at fault, never the client's request, whatever the status would say there. */
function refused(failure: GatewayError): GatewayError {
  return new GatewayError({
    kind: 'upstream_auth_failed',
    message: failure.message,
    ...(failure.upstream === undefined ? {} : { upstream: failure.upstream }),
  });
}
