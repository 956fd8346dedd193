import { timingSafeEqual } from 'node:crypto';
import { principalIdOfKey, type ApiKeyDeclaration } from '@sluice/config';
import { hashKey } from './hash-key.js';
import type { Principal } from './principal.js';

interface IndexedKey {
  readonly digest: Buffer;
  readonly principal: Principal;
}

const INDICES = new WeakMap<readonly ApiKeyDeclaration[], ApiKeyIndex>();

/** The declared client keys by digest. The keys themselves are not kept. Of two declarations of one key the first counts. */
export class ApiKeyIndex {
  readonly #keys = new Map<string, IndexedKey>();

  constructor(declarations: readonly ApiKeyDeclaration[]) {
    for (const declaration of declarations) {
      const digest = hashKey(declaration.key);
      if (declaration.key === '' || this.#keys.has(digest)) continue;
      this.#keys.set(digest, { digest: Buffer.from(digest), principal: toPrincipal(declaration) });
    }
  }

  /** The index of a snapshot's keys, built on first use and gone with the snapshot. */
  static of(declarations: readonly ApiKeyDeclaration[]): ApiKeyIndex {
    let index = INDICES.get(declarations);
    if (index === undefined) {
      index = new ApiKeyIndex(declarations);
      INDICES.set(declarations, index);
    }
    return index;
  }

  /**
   * The owner of the key with this digest. The time taken says nothing about a key: only digests are compared, in a map
   * first and then in constant time.
   */
  find(digest: string): Principal | undefined {
    const found = this.#keys.get(digest);
    if (found === undefined || !timingSafeEqual(found.digest, Buffer.from(digest))) return undefined;
    return found.principal;
  }
}

function toPrincipal({ name, models, scopes }: ApiKeyDeclaration): Principal {
  return { id: principalIdOfKey(name), name, scopes: new Set(scopes), models };
}
