import { Module } from '@nestjs/common';
import { Clock, Logger, SilentLogger, SystemClock } from '@sluice/core';
import { AccountPool } from './account-pool.js';
import { CredentialRefresher } from './credential-refresher.js';
import { CredentialSource } from './credential-source.js';
import { KeptCooldowns } from './kept/kept-cooldowns.js';
import { CredentialStore, MemoryCredentialStore } from './credential-store.js';

/** A global module that exports `CredentialStore`, `Clock` or `Logger` replaces the default of that port. */
@Module({
  providers: [
    { provide: AccountPool, useFactory: () => new AccountPool() },
    {
      provide: KeptCooldowns,
      inject: [AccountPool, { token: Clock, optional: true }, { token: Logger, optional: true }],
      useFactory: (pool: AccountPool, clock: Clock = new SystemClock(), logger: Logger = new SilentLogger()) =>
        new KeptCooldowns(pool, clock, logger),
    },
    {
      provide: CredentialSource,
      inject: [
        { token: CredentialStore, optional: true },
        { token: Clock, optional: true },
        { token: Logger, optional: true },
      ],
      useFactory: (
        store: CredentialStore = new MemoryCredentialStore(),
        clock: Clock = new SystemClock(),
        logger: Logger = new SilentLogger(),
      ) => new CredentialSource(store, new CredentialRefresher(store, clock, logger), clock),
    },
  ],
  exports: [AccountPool, CredentialSource, KeptCooldowns],
})
export class AccountsModule {}
