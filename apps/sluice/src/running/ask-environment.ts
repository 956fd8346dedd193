import type { ApiKeyDeclaration } from '@sluice/config';
import { findInstance, type FoundInstance } from '../instance/find-instance.js';

/** What is used of the world to ask a running gateway. */
export interface AskEnvironment {
  readonly variables: NodeJS.ProcessEnv;
  find(pidFile: string): Promise<FoundInstance>;
  readonly fetch: typeof fetch;
  /** The client keys of a configuration file; none where it cannot be read, or there is none. */
  readKeys(configFile: string | undefined): Promise<readonly ApiKeyDeclaration[]>;
}

/** The machine itself. */
export const SYSTEM: AskEnvironment = {
  variables: process.env,
  find: findInstance,
  fetch,
  readKeys: async (asked) => {
    const [{ loadGatewayConfiguration, readDescriptors }, { locateConfig }] = await Promise.all([
      import('@sluice/gateway'), // only now: it takes seconds
      import('../locate-config.js'),
    ]);
    const providers = await readDescriptors();
    const flags = { allowUnauthenticated: true }; // nobody is served here, and without a file there is no key
    const file = locateConfig(asked, process.env);
    const loaded = await loadGatewayConfiguration({ file, env: process.env, flags, providers });
    return loaded.ok ? loaded.snapshot.apiKeys : []; // the offline answer names the mistakes
  },
};
