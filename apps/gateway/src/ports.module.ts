import { Global, Module } from '@nestjs/common';
import { AccountActivity, CredentialStore, SwitchableCredentialStore } from '@sluice/accounts';
import { Clock, SystemClock } from '@sluice/core';
import { ExchangeListener } from '@sluice/dispatch';
import { ExchangeTelemetry } from '@sluice/telemetry';
import { ActivityListener } from './kiro/activity-listener.js';

/** Binds the ports of the libraries to what this app uses. Global, so that every library finds them. */
@Global()
@Module({
  providers: [
    { provide: Clock, useFactory: () => new SystemClock() },
    { provide: CredentialStore, useFactory: () => new SwitchableCredentialStore() },
    { provide: AccountActivity, useFactory: () => new AccountActivity() },
    {
      provide: ExchangeListener,
      inject: [ExchangeTelemetry, AccountActivity],
      useFactory: (telemetry: ExchangeTelemetry, activity: AccountActivity) =>
        new ActivityListener(telemetry, activity),
    },
  ],
  exports: [AccountActivity, Clock, CredentialStore, ExchangeListener],
})
export class PortsModule {}
