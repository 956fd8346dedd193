import { hash } from 'node:crypto';

/**
 * The name under which a client key is known after it was read: SHA-256 in lower-case hex, 64 characters.
 * Keys of ours carry 256 random bits, so a fast hash is enough: there is nothing to guess.
 */
export function hashKey(key: string): string {
  return hash('sha256', key, 'hex');
}
