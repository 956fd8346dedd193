import { GatewayError, SystemClock } from '@sluice/core';
import type { ApiKeyDeclaration, RuntimeSnapshot } from '@sluice/config';
import { ANONYMOUS, Authenticator } from './authenticator.js';
import { hashKey } from './hash-key.js';
import { KeyCache } from './key-cache.js';
import { KeyStore, NoKeyStore } from './key-store.js';
import type { Principal } from './principal.js';

class OneKeyStore extends KeyStore {
  constructor(
    private readonly key: string,
    private readonly owner: Principal,
  ) {
    super();
  }

  async find(digest: string): Promise<Principal | undefined> {
    return digest === hashKey(this.key) ? this.owner : undefined;
  }
}

const STORED: Principal = { id: 'key:stored', name: 'stored', scopes: new Set(), models: undefined };
const CI: ApiKeyDeclaration = { name: 'ci', key: 'sk-ci', models: undefined, scopes: [] };

function snapshot(apiKeys: readonly ApiKeyDeclaration[], allowUnauthenticated = false): RuntimeSnapshot {
  return {
    revision: 1,
    accounts: [],
    models: [],
    apiKeys,
    settings: {
      allowUnauthenticated,
      maxBodyBytes: 1,
      bodyTimeoutMs: 1,
      corsOrigins: '*',
      trustedProxies: [],
      retry: { maxAttempts: 1, maxWaitMs: 0, deadlineMs: 1 },
      echoModel: false,
      metricsPublic: false,
    },
  };
}

const authenticator = (store: KeyStore = new NoKeyStore()): Authenticator =>
  new Authenticator(new KeyCache(store, new SystemClock()));

function refusal(act: () => unknown): GatewayError {
  try {
    act();
  } catch (error) {
    if (error instanceof GatewayError) return error;
  }
  throw new Error('expected a GatewayError');
}

describe('Authenticator', () => {
  describe('authenticate', () => {
    it('answers at once for a declared key', () => {
      expect(authenticator().authenticate(['sk-ci'], snapshot([CI]))).toMatchObject({ id: 'key:ci', name: 'ci' });
    });

    it('is satisfied with one valid key among others', () => {
      const presented = ['wrong', 'sk-ci', 'wrong too'];

      expect(authenticator().authenticate(presented, snapshot([CI]))).toMatchObject({ name: 'ci' });
    });

    it('names the ways to send a key when there is none', () => {
      const error = refusal(() => authenticator().authenticate([], snapshot([CI])));

      expect(error.kind).toBe('invalid_api_key');
      expect(error.message).toMatch(/No API key.*Authorization: Bearer.*x-api-key.*x-goog-api-key/);
    });

    it('says that a key is unknown, without repeating it', () => {
      const error = refusal(() => authenticator().authenticate(['sk-secret'], snapshot([CI])));

      expect(error.kind).toBe('invalid_api_key');
      expect(error.message).toMatch(/not known/);
      expect(error.message).not.toContain('sk-secret');
    });

    it.each([[[]], [['sk-ci']], [['']]])('stays shut when the last key is gone: %j', (presented) => {
      expect(refusal(() => authenticator().authenticate(presented, snapshot([]))).kind).toBe('invalid_api_key');
    });

    it('forgets a key with the snapshot that declared it', () => {
      const gate = authenticator();
      void gate.authenticate(['sk-ci'], snapshot([CI]));

      expect(refusal(() => gate.authenticate(['sk-ci'], snapshot([]))).kind).toBe('invalid_api_key');
    });

    it('asks the key store for what is not declared', async () => {
      const gate = authenticator(new OneKeyStore('sk-stored', STORED));

      await expect(gate.authenticate(['wrong', 'sk-stored'], snapshot([CI]))).resolves.toBe(STORED);
      await expect(gate.authenticate(['wrong too'], snapshot([CI]))).rejects.toMatchObject({ kind: 'invalid_api_key' });
    });

    describe('with allowUnauthenticated', () => {
      it.each([[[]], [['anything']]])('lets everybody in as nobody: %j', (presented) => {
        expect(authenticator().authenticate(presented, snapshot([], true))).toBe(ANONYMOUS);
        expect(authenticator().authenticate(presented, snapshot([CI], true))).toBe(ANONYMOUS);
      });

      it('still recognises a valid key', () => {
        expect(authenticator().authenticate(['sk-ci'], snapshot([CI], true))).toMatchObject({ name: 'ci' });
      });
    });
  });
});
