import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { Authenticator } from '@sluice/auth';
import { ConfigModule, SnapshotStore } from '@sluice/config';
import { Clock, Logger } from '@sluice/core';
import { Dispatcher, DispatchModule, Forwarding, InFlight, RouteResolver, TokenCounting } from '@sluice/dispatch';
import { GuardrailsModule } from '@sluice/guardrails';
import { ReloadMetrics, TelemetryModule } from '@sluice/telemetry';
import { FormatRegistry } from '@sluice/translator-kit';
import { UsageModule } from '@sluice/usage';
import { AccountReportsModule } from './accounts/account-reports.module.js';
import { AccountsController } from './accounts/accounts.controller.js';
import { ClientAddresses } from './client-addresses.js';
import { ErrorFilter } from './error.filter.js';
import { ExplainController } from './explain.controller.js';
import { ExplainModule } from './explain.module.js';
import { ForwardController } from './forward.controller.js';
import { GeminiController } from './gemini.controller.js';
import { HttpSurface } from './http-surface.js';
import { InferenceController } from './inference.controller.js';
import { CollectedMessagesController } from './kiro/collected-messages.controller.js';
import { KiroSurfaceModule } from './kiro/kiro-surface.module.js';
import { MetricsAccess } from './metrics-access.js';
import { MetricsController } from './metrics.controller.js';
import { ModelDirectory } from './model-directory.js';
import { ModelsController } from './models.controller.js';
import { PortsModule } from './ports.module.js';
import { PreflightController } from './preflight.controller.js';
import { Readiness } from './readiness.js';
import { ConfigurationReloader } from './reload/configuration-reloader.js';
import { ServiceController } from './service.controller.js';

/** What the gateway is made of beside the shipped parts. */
export interface AppModuleOptions {
  /** Modules that bring providers and formats. */
  readonly plugins: NonNullable<ModuleMetadata['imports']>;
  readonly snapshots: SnapshotStore;
  readonly telemetry: Parameters<typeof TelemetryModule.forRoot>[0];
}

/** The data plane. */
@Module({})
export class AppModule {
  static forRoot({ plugins, snapshots, telemetry }: AppModuleOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot({ snapshotStore: snapshots }),
        PortsModule,
        TelemetryModule.forRoot(telemetry),
        GuardrailsModule,
        UsageModule,
        DispatchModule,
        KiroSurfaceModule,
        ExplainModule,
        AccountReportsModule,
        ...plugins,
      ],
      // preflights first: the inference routes refuse every method that is left; last whatever no other route takes
      controllers: [
        PreflightController,
        InferenceController,
        CollectedMessagesController,
        GeminiController,
        ModelsController,
        ServiceController,
        MetricsController,
        ExplainController,
        AccountsController,
        ForwardController,
      ],
      providers: [
        {
          provide: ClientAddresses,
          inject: [SnapshotStore],
          useFactory: (store: SnapshotStore) => new ClientAddresses(store),
        },
        {
          provide: Readiness,
          inject: [SnapshotStore, InFlight],
          useFactory: (store: SnapshotStore, inFlight: InFlight) => new Readiness(store, inFlight),
        },
        {
          provide: ConfigurationReloader,
          inject: [Logger, Clock, ReloadMetrics],
          useFactory: (logger: Logger, clock: Clock, metrics: ReloadMetrics) =>
            new ConfigurationReloader({ logger, clock, metrics }),
        },
        {
          provide: HttpSurface,
          inject: [
            Dispatcher,
            TokenCounting,
            Forwarding,
            FormatRegistry,
            SnapshotStore,
            ClientAddresses,
            InFlight,
            Clock,
          ],
          useFactory: (
            dispatcher: Dispatcher,
            counting: TokenCounting,
            forwarding: Forwarding,
            formats: FormatRegistry,
            store: SnapshotStore,
            addresses: ClientAddresses,
            inFlight: InFlight,
            clock: Clock,
          ) =>
            new HttpSurface({
              dispatcher,
              counting,
              forwarding,
              formats,
              snapshots: store,
              addresses,
              inFlight,
              clock,
            }),
        },
        {
          provide: ModelDirectory,
          inject: [SnapshotStore, Authenticator, RouteResolver],
          useFactory: (store: SnapshotStore, authenticator: Authenticator, resolver: RouteResolver) =>
            new ModelDirectory({ snapshots: store, authenticator, resolver }),
        },
        {
          provide: MetricsAccess,
          inject: [SnapshotStore, Authenticator, ClientAddresses],
          useFactory: (store: SnapshotStore, authenticator: Authenticator, addresses: ClientAddresses) =>
            new MetricsAccess({ snapshots: store, authenticator, addresses }),
        },
        {
          provide: APP_FILTER,
          inject: [HttpSurface, Logger],
          useFactory: (surface: HttpSurface, logger: Logger) => new ErrorFilter(surface, logger),
        },
      ],
    };
  }
}
