import type { JsonObject } from '@sluice/core';
import { declaredOAuth, type Account, type Credential } from '@sluice/provider-kit';
import { readIdentityToken } from './identity-token.js';
import { settingsOf, type CodexSettings } from './settings.js';

/** The token that the settings declare; undefined = the credential store has the login. */
export function readCredential(settings: Readonly<Record<string, unknown>>): Credential | undefined {
  return declaredOAuth(settings as CodexSettings); // checked by the schema when the account was declared
}

/** What a token answer, or a file of the vendor's own program, says of the account. What it leaves out changes nothing. */
export function detailsOf({
  id_token: idToken,
  access_token: accessToken,
}: JsonObject): Readonly<Record<string, string>> {
  const { email, accountId, plan } = { ...factsOf(accessToken), ...factsOf(idToken) };
  return {
    ...(email === undefined ? {} : { email }),
    ...(accountId === undefined ? {} : { accountId }),
    ...(plan === undefined ? {} : { plan }),
  };
}

/** Which ChatGPT account is called for: what the operator says, what the login said, what the token says. */
export function accountIdOf(account: Account, credential: Credential): string | undefined {
  return settingsOf(account).accountId ?? credential.details?.['accountId'] ?? accountIdIn(credential);
}

const accountIds = new WeakMap<Credential, { readonly id: string | undefined }>();

/** Read once per credential: it is needed for every call. */
function accountIdIn(credential: Credential): string | undefined {
  const known = accountIds.get(credential);
  if (known !== undefined) return known.id;
  const { accountId: id } = readIdentityToken(credential.secret);
  accountIds.set(credential, { id });
  return id;
}

function factsOf(token: unknown) {
  return typeof token === 'string' ? readIdentityToken(token) : {};
}
