import { Global, Module } from '@nestjs/common';
import { CredentialStore, SwitchableCredentialStore } from '@sluice/accounts';
import { Clock, SystemClock } from '@sluice/core';
import { ExchangeListener } from '@sluice/dispatch';
import { ExchangeTelemetry } from '@sluice/telemetry';

/** Binds the ports of the libraries to what this app uses. Global, so that every library finds them. */
@Global()
@Module({
  providers: [
    { provide: Clock, useFactory: () => new SystemClock() },
    { provide: CredentialStore, useFactory: () => new SwitchableCredentialStore() },
    { provide: ExchangeListener, useExisting: ExchangeTelemetry },
  ],
  exports: [Clock, CredentialStore, ExchangeListener],
})
export class PortsModule {}
