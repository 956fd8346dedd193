import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AuthModule } from './auth.module.js';
import { Authenticator } from './authenticator.js';
import { KeyCache } from './key-cache.js';
import { KeyStore } from './key-store.js';
import type { Principal } from './principal.js';

const OWNER: Principal = { id: 'key:stored', name: 'stored', scopes: new Set(), models: undefined };

class GenerousKeyStore extends KeyStore {
  find(): Principal {
    return OWNER;
  }
}

@Global()
@Module({ providers: [{ provide: KeyStore, useClass: GenerousKeyStore }], exports: [KeyStore] })
class KeyStoreModule {}

describe('AuthModule', () => {
  it('works on its own, without stored keys', async () => {
    const app = await Test.createTestingModule({ imports: [AuthModule] }).compile();

    expect(app.get(Authenticator)).toBeInstanceOf(Authenticator);
    expect(app.get(KeyCache).find('any')).toBeUndefined();
  });

  it('takes the key store of a global module', async () => {
    const app = await Test.createTestingModule({ imports: [AuthModule, KeyStoreModule] }).compile();

    expect(app.get(KeyCache).find('any')).toBe(OWNER);
  });
});
