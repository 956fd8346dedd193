import { Module } from '@nestjs/common';
import { AccountHistory, AccountPool, CredentialSource } from '@sluice/accounts';
import { SnapshotStore } from '@sluice/config';
import { Clock } from '@sluice/core';
import { DispatchModule } from '@sluice/dispatch';
import { AccountMetrics, GatewayMetrics } from '@sluice/telemetry';
import { AccountReporter } from './account-reporter.js';
import { readAccounts } from './read-accounts.js';

/** What operators are told of accounts: `AccountReporter` for `AccountsController`, and the metrics. */
@Module({
  imports: [DispatchModule],
  providers: [
    {
      provide: AccountReporter,
      inject: [SnapshotStore, AccountPool, CredentialSource, AccountHistory, Clock],
      useFactory: (
        snapshots: SnapshotStore,
        pool: AccountPool,
        credentials: CredentialSource,
        history: AccountHistory,
        clock: Clock,
      ) => new AccountReporter({ snapshots, pool, credentials, history, clock }),
    },
    {
      provide: AccountMetrics,
      inject: [GatewayMetrics, SnapshotStore, AccountPool, CredentialSource, AccountHistory, AccountReporter, Clock],
      useFactory: (
        { registry }: GatewayMetrics,
        snapshots: SnapshotStore,
        pool: AccountPool,
        credentials: CredentialSource,
        history: AccountHistory,
        reporter: AccountReporter,
        clock: Clock,
      ) => {
        const dependencies = { snapshots, pool, credentials, history, reporter, clock };
        return new AccountMetrics({ registry, read: () => readAccounts(dependencies) });
      },
    },
  ],
  exports: [AccountReporter],
})
export class AccountReportsModule {}
