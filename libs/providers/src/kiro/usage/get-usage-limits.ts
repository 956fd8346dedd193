import { replyFailure } from '@sluice/provider-kit';
import { askManagement, type ManagementCall } from './management-call.js';
import { readUsageLimits, type UsageLimits } from './usage-limits.js';

/**
 * What an account may use and has used.
 * @throws GatewayError
 */
export async function getUsageLimits(
  call: Pick<ManagementCall, 'http' | 'account' | 'credential' | 'signal'>,
): Promise<UsageLimits> {
  const reply = await askManagement({ ...call, path: '/getUsageLimits', query: usageQuery });
  if (reply.status !== 200) throw replyFailure(reply, 'its usage limits');
  return readUsageLimits(reply.value);
}

/** The address of the user is only told without a profile. */
function usageQuery(profileArn: string | undefined): Readonly<Record<string, string>> {
  const query = { origin: 'AI_EDITOR', resourceType: 'AGENTIC_REQUEST' };
  return profileArn === undefined ? { ...query, isEmailRequired: 'true' } : query;
}
