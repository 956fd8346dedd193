import { Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { AccountPool, AccountsModule, CredentialSource } from '@sluice/accounts';
import { Authenticator, AuthModule } from '@sluice/auth';
import { SnapshotStore } from '@sluice/config';
import { Clock, Logger, SilentLogger, SystemClock } from '@sluice/core';
import { Guardrails, NoGuardrails } from '@sluice/guardrails';
import { GuardedFetch, ModelListing, ProviderKitModule, ProviderRegistry, UpstreamHttp } from '@sluice/provider-kit';
import { MemoryModelCatalog, ModelRouter, RoutingModule } from '@sluice/routing';
import { FormatRegistry, TranslatorKitModule } from '@sluice/translator-kit';
import {
  AdmissionControl,
  DiscardingUsageRecorder,
  ThreadTokenCounter,
  TokenCounter,
  TokenEstimate,
  UnlimitedAdmission,
  UsageRecorder,
} from '@sluice/usage';
import { AttemptLoop } from './attempt-loop.js';
import { Dispatcher } from './dispatcher.js';
import { ExchangeListener, SilentExchangeListener } from './exchange-listener.js';
import { ExternalTokenCount } from './external-token-count.js';
import { Forwarding } from './forwarding.js';
import { InFlight } from './in-flight.js';
import { InlineMedia } from './inline-media.js';
import { KeepAlives } from './keep-alives.js';
import { TimerPause } from './pause.js';
import { RouteResolver } from './route-resolver.js';
import { StoredResponses } from './stored-responses.js';
import { TokenCounting } from './token-counting.js';

/**
 * The inference pipeline. Needs a global module that exports `SnapshotStore`; one that exports another port (`Guardrails`,
 * `AdmissionControl`, `UsageRecorder`, `ExchangeListener`, `Clock`, `Logger`) replaces the default of that port.
 */
@Module({
  imports: [AccountsModule, AuthModule, ProviderKitModule, RoutingModule, TranslatorKitModule],
  providers: [
    { provide: InFlight, useFactory: () => new InFlight() },
    {
      provide: KeepAlives,
      inject: [InFlight, { token: Clock, optional: true }],
      useFactory: (inFlight: InFlight, clock: Clock = new SystemClock()) => new KeepAlives({ inFlight, clock }),
    },
    { provide: StoredResponses, useFactory: () => new StoredResponses() },
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
        GuardedFetch,
        { token: ExchangeListener, optional: true },
        { token: Clock, optional: true },
        { token: Logger, optional: true },
      ],
      useFactory: (
        providers: ProviderRegistry,
        formats: FormatRegistry,
        pool: AccountPool,
        credentials: CredentialSource,
        fetcher: GuardedFetch,
        listener: ExchangeListener = new SilentExchangeListener(),
        clock: Clock = new SystemClock(),
        logger: Logger = new SilentLogger(),
      ) => {
        const media = new InlineMedia({ fetcher, clock, logger });
        const pause = new TimerPause();
        return new AttemptLoop({ providers, formats, pool, credentials, listener, clock, logger, pause, media });
      },
    },
    {
      provide: Dispatcher,
      inject: [
        SnapshotStore,
        Authenticator,
        RouteResolver,
        AttemptLoop,
        InFlight,
        StoredResponses,
        { token: Guardrails, optional: true },
        { token: AdmissionControl, optional: true },
        { token: UsageRecorder, optional: true },
        { token: ExchangeListener, optional: true },
        { token: Clock, optional: true },
        { token: Logger, optional: true },
      ],
      useFactory: (
        snapshots: SnapshotStore,
        authenticator: Authenticator,
        resolver: RouteResolver,
        attempts: AttemptLoop,
        inFlight: InFlight,
        stored: StoredResponses,
        guardrails: Guardrails = new NoGuardrails(),
        admission: AdmissionControl = new UnlimitedAdmission(),
        usage: UsageRecorder = new DiscardingUsageRecorder(),
        listener: ExchangeListener = new SilentExchangeListener(),
        clock: Clock = new SystemClock(),
        logger: Logger = new SilentLogger(),
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
          stored,
          listener,
          clock,
          logger,
        }),
    },
    {
      provide: Forwarding,
      inject: [
        Authenticator,
        RouteResolver,
        ProviderRegistry,
        AccountPool,
        CredentialSource,
        StoredResponses,
        { token: AdmissionControl, optional: true },
        { token: ExchangeListener, optional: true },
        { token: Clock, optional: true },
        { token: Logger, optional: true },
      ],
      useFactory: (
        authenticator: Authenticator,
        resolver: RouteResolver,
        providers: ProviderRegistry,
        pool: AccountPool,
        credentials: CredentialSource,
        stored: StoredResponses,
        admission: AdmissionControl = new UnlimitedAdmission(),
        listener: ExchangeListener = new SilentExchangeListener(),
        clock: Clock = new SystemClock(),
        logger: Logger = new SilentLogger(),
      ) =>
        new Forwarding({
          authenticator,
          resolver,
          providers,
          pool,
          credentials,
          stored,
          admission,
          listener,
          clock,
          logger,
        }),
    },
    {
      provide: TokenCounting,
      inject: [
        Authenticator,
        RouteResolver,
        ProviderRegistry,
        FormatRegistry,
        AccountPool,
        CredentialSource,
        UpstreamHttp,
        { token: AdmissionControl, optional: true },
        { token: TokenCounter, optional: true },
        { token: Clock, optional: true },
        { token: Logger, optional: true },
      ],
      useFactory: (
        authenticator: Authenticator,
        resolver: RouteResolver,
        providers: ProviderRegistry,
        formats: FormatRegistry,
        pool: AccountPool,
        credentials: CredentialSource,
        http: UpstreamHttp,
        admission: AdmissionControl = new UnlimitedAdmission(),
        counter: TokenCounter = new ThreadTokenCounter(),
        clock: Clock = new SystemClock(),
        logger: Logger = new SilentLogger(),
      ) => {
        const estimate = new TokenEstimate(counter);
        const external = new ExternalTokenCount(http, logger);
        return new TokenCounting({
          authenticator,
          resolver,
          providers,
          formats,
          pool,
          credentials,
          admission,
          estimate,
          external,
          clock,
        });
      },
    },
  ],
  exports: [
    Dispatcher,
    Forwarding,
    TokenCounting,
    InFlight,
    RouteResolver,
    AccountsModule,
    AuthModule,
    ProviderKitModule,
    RoutingModule,
    TranslatorKitModule,
  ],
})
export class DispatchModule implements OnModuleInit, OnApplicationShutdown {
  constructor(@Inject(KeepAlives) private readonly keepAlives: KeepAlives) {}

  onModuleInit(): void {
    this.keepAlives.start();
  }

  onApplicationShutdown(): void {
    this.keepAlives.stop();
  }
}
