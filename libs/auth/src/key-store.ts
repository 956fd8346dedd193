import type { Principal } from './principal.js';

/** Client keys that are kept elsewhere than in the configuration file. A port: asked on a cache miss only. */
export abstract class KeyStore {
  /**
   * The owner of a key, by the digest that `hashKey` makes. Undefined = no such key, or it has been revoked.
   * @throws whatever the store throws when it cannot answer
   */
  abstract find(digest: string): Principal | undefined | Promise<Principal | undefined>;
}

/** Keeps no keys: the default until a store is bound. */
export class NoKeyStore extends KeyStore {
  find(): undefined {
    return undefined;
  }
}
