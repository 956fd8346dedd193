import type { StoredLogin } from '@sluice/provider-kit';
import { machineIdOf } from '../machine-id.js';
import { describeLogin } from './describe-login.js';
import type { KiroLogin } from './kiro-login.js';
import { credentialOf, seedOf } from './login-details.js';

/** The machine that a login was first used by stays with it, whatever its tokens become. */
export function storedLogin(login: KiroLogin, place: string, members: StoredLogin['members'] = {}): StoredLogin {
  const { machineId: declared, apiKey, refreshToken } = login;
  const machineId = machineIdOf({ declared, apiKey, refreshToken, accountId: seedOf(login, place) });
  const credential = credentialOf({ ...login, machineId }, [seedOf(login)]);
  return { place, summary: describeLogin(login), credential, members };
}
