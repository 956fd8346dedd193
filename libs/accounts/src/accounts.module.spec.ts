import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { declareAccount } from './__fixtures__/declare-account.js';
import { ScriptedProvider } from './__fixtures__/scripted-provider.js';
import { AccountPool } from './account-pool.js';
import { AccountsModule } from './accounts.module.js';
import { CredentialSource } from './credential-source.js';
import { CredentialStore, MemoryCredentialStore } from './credential-store.js';

const ACCOUNT = declareAccount('a', { credential: undefined });

@Global()
@Module({ providers: [{ provide: CredentialStore, useClass: MemoryCredentialStore }], exports: [CredentialStore] })
class CredentialStoreModule {}

describe('AccountsModule', () => {
  it('works on its own, without stored credentials', async () => {
    const app = await Test.createTestingModule({ imports: [AccountsModule] }).compile();

    expect(app.get(AccountPool)).toBeInstanceOf(AccountPool);
    expect(() => app.get(CredentialSource).current(ACCOUNT, new ScriptedProvider())).toThrow(/no credential/);
  });

  it('takes the credential store of a global module', async () => {
    const app = await Test.createTestingModule({ imports: [AccountsModule, CredentialStoreModule] }).compile();
    const credential = { kind: 'oauth', secret: 't' };

    await app.get(CredentialStore).put('a', credential);

    expect(app.get(CredentialSource).current(ACCOUNT, new ScriptedProvider())).toBe(credential);
  });
});
