import type { WireHeaders } from '@sluice/core';
import type { Credential } from '../account.js';

const NO_CREDENTIAL: WireHeaders = {};

/** `Authorization: Bearer`; nothing for a credential without a secret (a local server, say). */
export function bearer(credential: Credential): WireHeaders {
  return credential.secret === '' ? NO_CREDENTIAL : { authorization: `Bearer ${credential.secret}` };
}
