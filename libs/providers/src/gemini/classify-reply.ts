import type { UpstreamFailure } from '@sluice/core';
import type { FailedReply } from '@sluice/provider-kit';

/** Google's word for a request that is right but not allowed to this account (its country, its billing). */
const NOT_FOR_THIS_ACCOUNT = 'FAILED_PRECONDITION';

/** A precondition is one of the account: another one may fulfil it. Everything else follows HTTP's norms. */
export function classifyGeminiReply({ error }: FailedReply): UpstreamFailure | undefined {
  if (error.upstream?.type !== NOT_FOR_THIS_ACCOUNT) return undefined;
  return { error, blame: 'account', action: 'next-account' };
}
