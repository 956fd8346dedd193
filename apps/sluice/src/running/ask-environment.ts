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
    const { readClientKeys } = await import('./read-client-keys.js'); // only now: what it needs takes seconds to load
    return readClientKeys(asked);
  },
};
