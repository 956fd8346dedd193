import { replyFailure, type Balance } from '@sluice/provider-kit';
import { askGithub, type GithubQuestion } from '../login/ask-github.js';
import { readBalance } from './read-balance.js';

/** What is left of the plan behind a login. @throws GatewayError */
export async function getBalance(question: GithubQuestion): Promise<Balance | undefined> {
  const reply = await askGithub('/copilot_internal/user', question);
  if (reply.status !== 200) throw replyFailure(reply, 'its quotas');
  return readBalance(reply.value);
}
