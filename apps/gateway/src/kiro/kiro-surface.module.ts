import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import {
  AccountActivity,
  AccountBalances,
  AccountPool,
  CredentialSource,
  CredentialStore,
  ManagedAccounts,
  PendingLogins,
} from '@sluice/accounts';
import { Authenticator } from '@sluice/auth';
import { SnapshotStore } from '@sluice/config';
import { Clock, Logger } from '@sluice/core';
import { DispatchModule } from '@sluice/dispatch';
import { ProviderRegistry } from '@sluice/provider-kit';
import { ClientAddresses } from '../client-addresses.js';
import { AdminAccess } from './admin-access.js';
import { AdminController } from './admin.controller.js';
import { CredentialRows } from './credential-rows.js';
import { LoginDoor } from './login-door.js';
import { LoginPagesController } from './login-pages.controller.js';

/** Managing Kiro accounts on the gateway's own port. The services are those of the accounts' library, for any other app, too. */
@Module({
  imports: [DispatchModule],
  controllers: [AdminController, LoginPagesController],
  providers: [
    {
      provide: AdminAccess,
      inject: [SnapshotStore, Authenticator],
      useFactory: (snapshots: SnapshotStore, authenticator: Authenticator) =>
        new AdminAccess({ snapshots, authenticator }),
    },
    {
      provide: AccountBalances,
      inject: [ProviderRegistry, CredentialSource, Clock],
      useFactory: (providers: ProviderRegistry, credentials: CredentialSource, clock: Clock) =>
        new AccountBalances({ providers, credentials, clock }),
    },
    {
      provide: ManagedAccounts,
      inject: [
        SnapshotStore,
        ProviderRegistry,
        AccountPool,
        CredentialStore,
        CredentialSource,
        AccountBalances,
        AccountActivity,
        Logger,
      ],
      useFactory: (
        snapshots: SnapshotStore,
        providers: ProviderRegistry,
        pool: AccountPool,
        store: CredentialStore,
        credentials: CredentialSource,
        balances: AccountBalances,
        activity: AccountActivity,
        logger: Logger,
      ) => new ManagedAccounts({ snapshots, providers, pool, store, credentials, balances, activity, logger }),
    },
    {
      provide: CredentialRows,
      inject: [ManagedAccounts, AccountPool, CredentialStore, AccountActivity, Clock],
      useFactory: (
        accounts: ManagedAccounts,
        pool: AccountPool,
        store: CredentialStore,
        activity: AccountActivity,
        clock: Clock,
      ) => new CredentialRows({ accounts, pool, store, activity, clock }),
    },
    {
      provide: PendingLogins,
      inject: [ManagedAccounts, ProviderRegistry, Clock, Logger],
      useFactory: (accounts: ManagedAccounts, providers: ProviderRegistry, clock: Clock, logger: Logger) =>
        new PendingLogins({ accounts, providers, clock, logger }),
    },
    {
      provide: LoginDoor,
      inject: [AdminAccess, SnapshotStore, Clock],
      useFactory: (access: AdminAccess, snapshots: SnapshotStore, clock: Clock) =>
        new LoginDoor({ access, addresses: new ClientAddresses(snapshots), clock }),
    },
  ],
  exports: [ManagedAccounts, PendingLogins],
})
export class KiroSurfaceModule implements OnApplicationShutdown {
  constructor(@Inject(PendingLogins) private readonly logins: PendingLogins) {}

  onApplicationShutdown(): void {
    this.logins.close();
  }
}
