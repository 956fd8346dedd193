import { Global, Module } from '@nestjs/common';
import { AccountActivity, AccountHistory, CredentialStore, SwitchableCredentialStore } from '@sluice/accounts';
import { Clock, SystemClock } from '@sluice/core';
import { ExchangeListener } from '@sluice/dispatch';
import { ExchangeTelemetry } from '@sluice/telemetry';
import { AccountHistoryListener } from './accounts/account-history-listener.js';
import { ActivityListener } from './kiro/activity-listener.js';

/** Binds the ports of the libraries to what this app uses. Global, so that every library finds them. */
@Global()
@Module({
  providers: [
    { provide: Clock, useFactory: () => new SystemClock() },
    { provide: CredentialStore, useFactory: () => new SwitchableCredentialStore() },
    { provide: AccountActivity, useFactory: () => new AccountActivity() },
    { provide: AccountHistory, useFactory: () => new AccountHistory() },
    {
      provide: ExchangeListener,
      inject: [ExchangeTelemetry, AccountActivity, AccountHistory, Clock],
      useFactory: (telemetry: ExchangeTelemetry, activity: AccountActivity, history: AccountHistory, clock: Clock) =>
        new ActivityListener(new AccountHistoryListener(telemetry, history, clock), activity),
    },
  ],
  exports: [AccountActivity, AccountHistory, Clock, CredentialStore, ExchangeListener],
})
export class PortsModule {}
