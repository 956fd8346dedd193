import { Module } from '@nestjs/common';
import { AccountPool, AccountsModule, CredentialSource } from '@sluice/accounts';
import { Authenticator, AuthModule } from '@sluice/auth';
import { SnapshotStore } from '@sluice/config';
import { Clock, Logger, SilentLogger, SystemClock } from '@sluice/core';
import { Guardrails, GuardrailsModule } from '@sluice/guardrails';
import { ModelListing, ProviderKitModule, ProviderRegistry } from '@sluice/provider-kit';
import { MemoryModelCatalog, ModelRouter, RoutingModule } from '@sluice/routing';
import { FormatRegistry, TranslatorKitModule } from '@sluice/translator-kit';
import { AdmissionControl, UsageModule, UsageRecorder } from '@sluice/usage';
import { AttemptLoop } from './attempt-loop.js';
import { Dispatcher } from './dispatcher.js';
import { ExchangeListener, SilentExchangeListener } from './exchange-listener.js';
import { InFlight } from './in-flight.js';
import { TimerPause } from './pause.js';
import { RouteResolver } from './route-resolver.js';

/**
 * The inference pipeline. Needs a global module that exports `SnapshotStore`; one that exports `Clock` or `ExchangeListener`
 * replaces the default of that port.
 */
@Module({
  imports: [
    AccountsModule,
    AuthModule,
    GuardrailsModule,
    ProviderKitModule,
    RoutingModule,
    TranslatorKitModule,
    UsageModule,
  ],
  providers: [
    { provide: InFlight, useFactory: () => new InFlight() },
    {
      provide: ModelListing,
      inject: [{ token: Clock, optional: true }],
      useFactory: (clock: Clock = new SystemClock()) => new ModelListing(clock),
    },
    {
      provide: RouteResolver,
      inject: [
        ModelRouter,
        MemoryModelCatalog,
        ModelListing,
        ProviderRegistry,
        CredentialSource,
        { token: Clock, optional: true },
        { token: Logger, optional: true },
      ],
      useFactory: (
        router: ModelRouter,
        catalog: MemoryModelCatalog,
        listing: ModelListing,
        providers: ProviderRegistry,
        credentials: CredentialSource,
        clock: Clock = new SystemClock(),
        logger: Logger = new SilentLogger(),
      ) => new RouteResolver({ router, catalog, listing, providers, credentials, clock, logger }),
    },
    {
      provide: AttemptLoop,
      inject: [
        ProviderRegistry,
        FormatRegistry,
        AccountPool,
        CredentialSource,
        { token: ExchangeListener, optional: true },
        { token: Clock, optional: true },
      ],
      useFactory: (
        providers: ProviderRegistry,
        formats: FormatRegistry,
        pool: AccountPool,
        credentials: CredentialSource,
        listener: ExchangeListener = new SilentExchangeListener(),
        clock: Clock = new SystemClock(),
      ) => new AttemptLoop({ providers, formats, pool, credentials, listener, clock, pause: new TimerPause() }),
    },
    {
      provide: Dispatcher,
      inject: [
        SnapshotStore,
        Authenticator,
        RouteResolver,
        Guardrails,
        AdmissionControl,
        UsageRecorder,
        AttemptLoop,
        InFlight,
        { token: ExchangeListener, optional: true },
        { token: Clock, optional: true },
      ],
      useFactory: (
        snapshots: SnapshotStore,
        authenticator: Authenticator,
        resolver: RouteResolver,
        guardrails: Guardrails,
        admission: AdmissionControl,
        usage: UsageRecorder,
        attempts: AttemptLoop,
        inFlight: InFlight,
        listener: ExchangeListener = new SilentExchangeListener(),
        clock: Clock = new SystemClock(),
      ) =>
        new Dispatcher({
          snapshots,
          authenticator,
          resolver,
          guardrails,
          admission,
          usage,
          attempts,
          inFlight,
          listener,
          clock,
        }),
    },
  ],
  exports: [
    Dispatcher,
    InFlight,
    RouteResolver,
    AccountsModule,
    AuthModule,
    ProviderKitModule,
    RoutingModule,
    TranslatorKitModule,
    UsageModule,
  ],
})
export class DispatchModule {}
