import { Module } from '@nestjs/common';
import { AccountPool } from '@sluice/accounts';
import { Authenticator } from '@sluice/auth';
import { SnapshotStore } from '@sluice/config';
import { Clock } from '@sluice/core';
import { DispatchModule, RouteResolver } from '@sluice/dispatch';
import { ProviderRegistry } from '@sluice/provider-kit';
import { ModelRouter } from '@sluice/routing';
import { FormatRegistry } from '@sluice/translator-kit';
import { ClientAddresses } from './client-addresses.js';
import { ExplainAccess } from './explain-access.js';
import { RouteExplainer } from './route-explainer.js';

/** What `ExplainController` needs. */
@Module({
  imports: [DispatchModule],
  providers: [
    {
      provide: ExplainAccess,
      inject: [SnapshotStore, Authenticator],
      useFactory: (snapshots: SnapshotStore, authenticator: Authenticator) =>
        new ExplainAccess({ snapshots, authenticator, addresses: new ClientAddresses(snapshots) }),
    },
    {
      provide: RouteExplainer,
      inject: [SnapshotStore, RouteResolver, ModelRouter, AccountPool, ProviderRegistry, FormatRegistry, Clock],
      useFactory: (
        snapshots: SnapshotStore,
        resolver: RouteResolver,
        router: ModelRouter,
        pool: AccountPool,
        providers: ProviderRegistry,
        formats: FormatRegistry,
        clock: Clock,
      ) => new RouteExplainer({ snapshots, resolver, router, pool, providers, formats, clock }),
    },
  ],
  exports: [ExplainAccess, RouteExplainer],
})
export class ExplainModule {}
