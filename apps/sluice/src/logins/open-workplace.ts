import { AccountPool, CredentialSource, CredentialStore, CredentialStoreError } from '@sluice/accounts';
import { ANONYMOUS } from '@sluice/auth';
import { formatProblem, principalIdOfKey, type RuntimeSnapshot } from '@sluice/config';
import { Clock } from '@sluice/core';
import { RouteResolver } from '@sluice/dispatch';
import { createGateway, loadGatewayConfiguration, type Gateway } from '@sluice/gateway';
import { ProviderRegistry } from '@sluice/provider-kit';
import { explainRoute, ModelRouter } from '@sluice/routing';
import { locateConfig } from '../locate-config.js';
import type { Terminal } from '../terminal.js';
import type { Workplace } from './workplace.js';

/** The log of a command goes where its warnings go. */
const LOG_DESCRIPTOR = 2;

export interface WorkplaceFlags {
  readonly config?: string;
  readonly data?: string;
}

/**
 * Reads the configuration, if there is one, and opens the providers and the credential store that a gateway with it would use.
 * Caller closes.
 * @returns undefined = something is wrong with one of them, and the terminal has been told
 */
export async function openWorkplace(
  { config, data }: WorkplaceFlags,
  terminal: Terminal,
): Promise<Workplace | undefined> {
  const configFile = locateConfig(config, process.env);
  const gateway = await createGateway({ telemetry: { level: 'error', destination: LOG_DESCRIPTOR } });
  const loaded = await loadGatewayConfiguration({
    file: configFile,
    env: process.env,
    flags: { data, allowUnauthenticated: true }, // nobody is served here, and without a file there is no key
    providers: gateway.descriptors,
  });
  if (!loaded.ok) {
    for (const problem of loaded.problems) terminal.warn(formatProblem(problem));
    await gateway.stop(0);
    return undefined;
  }
  for (const warning of loaded.warnings) terminal.warn(`warning: ${formatProblem(warning)}`);
  const { dataDirectory: directory, encryptionKey: key } = loaded.boot;
  try {
    await gateway.keepLogins({ directory, key });
  } catch (error) {
    if (!(error instanceof CredentialStoreError)) throw error;
    terminal.warn(`dataDirectory: ${error.message}`);
    await gateway.stop(0);
    return undefined;
  }
  return workplaceOf(gateway, { snapshot: loaded.snapshot, directory, configFile });
}

interface Opened {
  readonly snapshot: RuntimeSnapshot;
  readonly directory: string;
  readonly configFile: string | undefined;
}

function workplaceOf(gateway: Gateway, { snapshot, directory, configFile }: Opened): Workplace {
  const { app } = gateway;
  const registry = app.get(ProviderRegistry);
  return {
    provider: (id) => registry.find(id),
    providerIds: registry.ids,
    accounts: snapshot.accounts,
    keyNames: snapshot.apiKeys.map(({ name }) => name),
    configFile,
    store: app.get<CredentialStore>(CredentialStore),
    directory,
    now: () => app.get<Clock>(Clock).now(),
    credential: async (declaration) =>
      app.get(CredentialSource).current(declaration, registry.get(declaration.account.provider)),
    explain: async (name, { keyName, isOffline }) => {
      if (!isOffline) await app.get(RouteResolver).refresh(snapshot);
      const principal = principalOf(snapshot, keyName);
      const nowMs = app.get<Clock>(Clock).now();
      return explainRoute(app.get(ModelRouter), app.get(AccountPool), { name, snapshot, principal, nowMs });
    },
    close: () => gateway.stop(0),
  };
}

function principalOf({ apiKeys }: RuntimeSnapshot, keyName: string | undefined) {
  const key = apiKeys.find(({ name }) => name === keyName);
  if (key === undefined) return ANONYMOUS;
  return { id: principalIdOfKey(key.name), name: key.name, scopes: new Set(key.scopes), models: key.models };
}
