import type { Credential } from './account.js';

const NO_CREDENTIAL: Credential = { kind: 'none', secret: '' };

/** Reads the member `apiKey` that most vendors' settings have; without one the account has no credential. */
export function apiKeyCredential(settings: Readonly<Record<string, unknown>>): Credential {
  const { apiKey } = settings;
  return typeof apiKey === 'string' ? { kind: 'api-key', secret: apiKey } : NO_CREDENTIAL;
}
