import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { Server as SecureServer } from 'node:https';
import { NestFactory } from '@nestjs/core';
import type { ModuleMetadata } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import {
  AccountHistory,
  AccountPool,
  CredentialStore,
  FileCooldownStore,
  FileCredentialStore,
  FileManagedStateStore,
  KeptCooldowns,
  ManagedAccounts,
  SwitchableCredentialStore,
} from '@sluice/accounts';
import { SnapshotStore, type ListenerCertificate, type LogLevel, type RuntimeSnapshot } from '@sluice/config';
import { Clock, Logger } from '@sluice/core';
import { InFlight, RouteResolver } from '@sluice/dispatch';
import { PLUGIN_MODULES } from '@sluice/distribution';
import { StablePrototypeExpressAdapter } from '@sluice/express-adapter';
import { ProviderRegistry, type ProviderDescriptor } from '@sluice/provider-kit';
import { PinoLogger } from '@sluice/telemetry';
import { FormatRegistry } from '@sluice/translator-kit';
import { AppModule, type AppModuleOptions } from './app.module.js';
import { GracefulStop } from './graceful-stop.js';
import { EMPTY_SNAPSHOT } from './empty-snapshot.js';
import { ConfigurationReloader } from './reload/configuration-reloader.js';

export interface GatewayOptions {
  /** Modules that bring providers and formats; default: the shipped ones. */
  readonly plugins?: NonNullable<ModuleMetadata['imports']>;
  readonly telemetry: AppModuleOptions['telemetry'];
  /** Clients come over TLS, and are shown this. Absent = plain HTTP. */
  readonly certificate?: ListenerCertificate | undefined;
}

export interface ListenOptions {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** How long an idle client connection stays open; default: node's. */
  readonly keepAliveTimeoutMs?: number;
}

export interface KeepLoginsOptions {
  /** Made when the first login is stored. */
  readonly directory: string;
  /** 32 bytes in base64 or hexadecimal; absent = a key file in the directory. */
  readonly key?: string | undefined;
}

/** A gateway that is built but does not listen yet. */
export interface Gateway {
  /** The Nest application, for tests and for hosts that embed it. */
  readonly app: NestExpressApplication;
  readonly logger: Logger;
  /** What the imported providers declare: needed to read a configuration. */
  readonly descriptors: readonly ProviderDescriptor[];
  /** Reads the configuration again, once whoever started the gateway has said from where. */
  readonly reloader: ConfigurationReloader;
  /** Takes effect with the next line. */
  setLogLevel(level: LogLevel): void;
  /** How long an idle connection stays open. Takes effect for the next answer of each. */
  setKeepAliveTimeout(ms: number): void;
  /** Takes effect with the next connection. Nothing happens where clients come over plain HTTP. @throws Error for one that is unusable */
  setCertificate(certificate: ListenerCertificate): void;
  /**
   * Keeps logins that were renewed in an encrypted file, and what was changed of accounts and how long they rest beside it, so that
   * they survive a restart. Until then they are in memory. To be called before the first snapshot.
   * @throws CredentialStoreError when there is such a file and it cannot be read with this key
   */
  keepLogins(options: KeepLoginsOptions): Promise<void>;
  /** Puts a snapshot in force for all requests that come from now on. */
  apply(snapshot: RuntimeSnapshot): void;
  /** @returns where it listens */
  listen(options: ListenOptions): Promise<{ host: string; port: number }>;
  /** Drains for up to `drainTimeoutMs` and closes. Idempotent. */
  stop(drainTimeoutMs: number): Promise<void>;
}

/** Builds the gateway from its modules. It serves nothing until a snapshot is applied. */
export async function createGateway({
  plugins = PLUGIN_MODULES,
  telemetry,
  certificate,
}: GatewayOptions): Promise<Gateway> {
  const snapshots = new SnapshotStore(EMPTY_SNAPSHOT);
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forRoot({ plugins, snapshots, telemetry }),
    new StablePrototypeExpressAdapter(),
    { bodyParser: false, logger: false, abortOnError: false, ...(certificate && { httpsOptions: { ...certificate } }) },
  );
  app.disable('x-powered-by');
  app.disable('etag');
  await app.init();

  const logger = app.get(Logger);
  const inFlight = app.get(InFlight);
  const pool = app.get(AccountPool);
  const resolver = app.get(RouteResolver);
  const providers = app.get(ProviderRegistry);
  const managed = app.get(ManagedAccounts);
  logger.info('plug-ins found', { providers: providers.ids, formats: app.get(FormatRegistry).ids });
  snapshots.onReplace(({ accounts }) => {
    pool.retainOnly(accounts);
    app.get(AccountHistory).retainOnly(new Set(accounts.map(({ account }) => account.id)));
  });

  const server = app.getHttpServer() as Server;
  let stopping: GracefulStop | undefined;
  return {
    app,
    logger,
    descriptors: providers.descriptors,
    apply: (snapshot) => {
      void resolver.refresh(managed.declare(snapshot)); // in the background; it never rejects
    },
    keepLogins: async ({ directory, key }) => {
      const store = new FileCredentialStore({ directory, key, clock: app.get(Clock) });
      await store.latest(''); // so that a wrong key shows now and not at the first request
      const switchable = app.get(CredentialStore);
      if (switchable instanceof SwitchableCredentialStore) switchable.use(store); // a host app may have bound its own
      await managed.keepIn(new FileManagedStateStore(directory));
      await app.get(KeptCooldowns).keepIn(new FileCooldownStore(directory));
    },
    reloader: app.get(ConfigurationReloader),
    setLogLevel: (level) => app.get(PinoLogger).setLevel(level),
    setKeepAliveTimeout: (ms) => {
      server.keepAliveTimeout = ms;
    },
    setCertificate: (next) => {
      if (server instanceof SecureServer) server.setSecureContext({ ...next });
    },
    listen: async ({ host, port, keepAliveTimeoutMs }) => {
      if (keepAliveTimeoutMs !== undefined) server.keepAliveTimeout = keepAliveTimeoutMs;
      await app.listen(port, host);
      const address = server.address() as AddressInfo; // a TCP server that listens has one
      return { host, port: address.port };
    },
    stop: (drainTimeoutMs) => (stopping ??= new GracefulStop({ app, inFlight, logger, drainTimeoutMs })).stop(),
  };
}
