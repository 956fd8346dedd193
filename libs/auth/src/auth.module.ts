import { Module } from '@nestjs/common';
import { Clock, SystemClock } from '@sluice/core';
import { Authenticator } from './authenticator.js';
import { KeyCache } from './key-cache.js';
import { KeyStore, NoKeyStore } from './key-store.js';

/** A global module that exports `KeyStore` or `Clock` replaces the default of that port. */
@Module({
  providers: [
    {
      provide: KeyCache,
      inject: [
        { token: KeyStore, optional: true },
        { token: Clock, optional: true },
      ],
      useFactory: (store: KeyStore = new NoKeyStore(), clock: Clock = new SystemClock()) => new KeyCache(store, clock),
    },
    { provide: Authenticator, inject: [KeyCache], useFactory: (keys: KeyCache) => new Authenticator(keys) },
  ],
  exports: [Authenticator, KeyCache],
})
export class AuthModule {}
