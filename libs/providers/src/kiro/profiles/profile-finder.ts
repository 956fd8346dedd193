import type { Logger } from '@sluice/core';
import type { Account, Credential, UpstreamHttp } from '@sluice/provider-kit';
import { machineOf, regionPlaces, settingsOf } from '../credential.js';
import { managementBase } from '../endpoints/hosts.js';
import { operationHeaders } from '../identity-headers.js';
import { seedOf } from '../login/login-details.js';
import type { KiroLogin } from '../login/kiro-login.js';
import { apiRegion, otherApiRegion } from '../regions.js';
import { LIST_PROFILES_TARGET, listProfiles, type ProfileAnswer } from './list-profiles.js';
import { isBuilderId } from './shared-profile.js';

/** The longest that a login waits for its profile: it can be used without, and asks again with its next renewal. */
export const PROFILE_TIMEOUT_MS = 10_000;
/** Logins that are known to have no profile; the one that was noted first is forgotten. */
export const MAX_REMEMBERED_LOGINS = 1_000;

export interface ProfileSearch {
  readonly account: Account;
  readonly credential: Credential;
  readonly login: KiroLogin;
  readonly signal: AbortSignal;
}

/**
 * Finds the profile of logins that came without one: those of an organisation are refused without. Both regions of the API are
 * asked, the likelier first. A definite "none" is remembered; a question that failed is not.
 */
export class ProfileFinder {
  readonly #without = new Map<string, 'none' | 'builder-id'>();

  constructor(
    private readonly http: UpstreamHttp,
    private readonly logger: Logger,
  ) {}

  /** The login with what was found, or the very same. Never throws. */
  async complete(search: ProfileSearch): Promise<KiroLogin> {
    const { login, account } = search;
    if (login.profileArn !== undefined || settingsOf(account).profileArn !== undefined) return login;
    const isAsked = login.authMethod === 'idc' || login.authMethod === 'external_idp';
    if (!isAsked || isBuilderId(login)) return login;
    const known = this.#without.get(seedOf(login));
    if (known !== undefined) return known === 'builder-id' ? asBuilderId(login) : login;
    try {
      return this.#apply(login, await this.#ask(search));
    } catch (error) {
      this.logger.warn('the profile of a Kiro login could not be found; it is looked for again with the next renewal', {
        accountId: account.id,
        reason: error instanceof Error ? error.message : String(error),
      });
      return login;
    }
  }

  #apply(login: KiroLogin, answer: ProfileAnswer): KiroLogin {
    if (answer.type === 'found') return { ...login, profileArn: answer.arn };
    this.#without.set(seedOf(login), answer.type);
    const [oldest] = this.#without.keys();
    if (this.#without.size > MAX_REMEMBERED_LOGINS && oldest !== undefined) this.#without.delete(oldest);
    return answer.type === 'builder-id' ? asBuilderId(login) : login;
  }

  async #ask({ account, credential, login, signal }: ProfileSearch): Promise<ProfileAnswer> {
    const settings = settingsOf(account);
    const first = apiRegion(regionPlaces(account, credential), undefined);
    const identity = { credential, machineId: login.machineId ?? machineOf(account, credential), versions: settings };
    const ask = (region: string): Promise<ProfileAnswer> =>
      listProfiles({
        http: this.http,
        account,
        baseUrl: managementBase(settings, region),
        headers: operationHeaders(identity, LIST_PROFILES_TARGET),
        signal: AbortSignal.any([signal, AbortSignal.timeout(PROFILE_TIMEOUT_MS)]),
      });
    const answer = await ask(first);
    const second = otherApiRegion(first);
    return answer.type === 'none' && second !== undefined ? ask(second) : answer;
  }
}

/** So that it is known as one from now on. */
function asBuilderId(login: KiroLogin): KiroLogin {
  return { ...login, identityProvider: 'BuilderId' };
}
