import type { KiroLogin } from '../login/kiro-login.js';
import { BUILDER_ID_PROFILE } from '../regions.js';

/** The profile that social logins share; seen 2026-08. */
const SOCIAL_PROFILE = 'arn:aws:codewhisperer:us-east-1:699475941385:profile/EHGA3GRVQMUK';

/** Where everybody's Builder ID begins. */
const BUILDER_ID_START = /^https:\/\/view\.awsapps\.com\/start(?:[/#]|$)/;

/**
 * The profile that the vendor keeps for all logins of a kind, for those that have none of their own. It is never one's own: it
 * is not stored, and tells nothing of a region. Logins of an organisation have none; with somebody else's they are refused.
 */
export function sharedProfile(login: KiroLogin): string | undefined {
  if (login.authMethod === 'social') return SOCIAL_PROFILE;
  return isBuilderId(login) ? BUILDER_ID_PROFILE : undefined;
}

/** Whether a login of single sign-on is a person's own, as far as its store says. */
export function isBuilderId({ authMethod, startUrl, identityProvider }: KiroLogin): boolean {
  if (authMethod !== 'idc') return false;
  return identityProvider === 'BuilderId' || BUILDER_ID_START.test(startUrl ?? '');
}
