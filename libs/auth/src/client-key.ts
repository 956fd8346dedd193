import { randomBytes } from 'node:crypto';

const CLIENT_KEY_PREFIX = 'sk-sluice-';
const CLIENT_KEY_RANDOM_BYTES = 32;

/** A new client key: `sk-sluice-` and 43 base64url characters (256 random bits). Shown once, stored only as its digest. */
export function generateClientKey(): string {
  return CLIENT_KEY_PREFIX + randomBytes(CLIENT_KEY_RANDOM_BYTES).toString('base64url');
}
