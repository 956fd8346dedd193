import { GatewayError } from '@sluice/core';
import type { RuntimeSnapshot } from '@sluice/config';
import { ApiKeyIndex } from './api-key-index.js';
import { hashKey } from './hash-key.js';
import type { KeyCache } from './key-cache.js';
import type { Principal } from './principal.js';

/** Who calls where keys are not asked for. */
export const ANONYMOUS: Principal = { id: 'anonymous', name: 'anonymous', scopes: new Set(), models: undefined };

/**
 * Tells who is calling. Of several presented keys one valid one is enough. Where `allowUnauthenticated` is set, a valid key
 * still says whose request it is, and everybody else is anonymous, whatever they presented. Without it a key is asked
 * for even when none is declared: removing the last key does not open the gate.
 */
export class Authenticator {
  constructor(private readonly storedKeys: KeyCache) {}

  /**
   * Answers at once for declared and for remembered keys.
   * @param presented what `extractClientKeys` found
   * @throws GatewayError `invalid_api_key`; or what the key store throws when it cannot answer
   */
  authenticate(presented: readonly string[], snapshot: RuntimeSnapshot): Principal | Promise<Principal> {
    const declared = ApiKeyIndex.of(snapshot.apiKeys);
    const undeclared: string[] = [];
    for (const key of presented) {
      const digest = hashKey(key);
      const principal = declared.find(digest);
      if (principal !== undefined) return principal;
      undeclared.push(digest);
    }
    return this.#findStored(undeclared, 0, snapshot);
  }

  #findStored(digests: readonly string[], from: number, snapshot: RuntimeSnapshot): Principal | Promise<Principal> {
    for (let at = from; at < digests.length; at += 1) {
      const found = this.storedKeys.find(digests[at] as string); // at is within bounds
      if (found instanceof Promise) {
        return found.then((principal) => principal ?? this.#findStored(digests, at + 1, snapshot));
      }
      if (found !== undefined) return found;
    }
    if (snapshot.settings.allowUnauthenticated) return ANONYMOUS;
    throw digests.length === 0 ? noKeyError() : unknownKeyError();
  }
}

function noKeyError(): GatewayError {
  return new GatewayError({
    kind: 'invalid_api_key',
    message:
      'No API key was sent. Send one as "Authorization: Bearer <key>", "x-api-key: <key>" or "x-goog-api-key: <key>".',
  });
}

function unknownKeyError(): GatewayError {
  return new GatewayError({
    kind: 'invalid_api_key',
    message: 'The API key that was sent is not known to this gateway. Check it, or ask the operator for a valid one.',
  });
}
