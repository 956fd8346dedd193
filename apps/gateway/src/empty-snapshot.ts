import type { RuntimeSnapshot } from '@sluice/config';

/** What is in force before a configuration has been read: no account, no key, and nobody is let in. */
export const EMPTY_SNAPSHOT: RuntimeSnapshot = {
  revision: 0,
  accounts: [],
  models: [],
  apiKeys: [],
  settings: {
    allowUnauthenticated: false,
    maxBodyBytes: 0,
    bodyTimeoutMs: 0,
    corsOrigins: [],
    trustedProxies: [],
    retry: { maxAttempts: 0, maxWaitMs: 0, deadlineMs: 0 },
    echoModel: false,
    metricsPublic: false,
  },
};
