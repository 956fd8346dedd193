import { refreshToken } from './rotating-vendor.js';

/** A configuration with a login per name, each with the model `claude-<name>`. Nobody needs a key. */
export function loginConfiguration(vendorUrl: string, names: readonly string[]) {
  return {
    server: { allowUnauthenticated: true },
    retry: { maxWaitMs: 0 },
    accounts: names.map((name) => ({
      id: name,
      provider: 'anthropic',
      baseUrl: vendorUrl,
      endpoints: { token: `${vendorUrl}/v1/oauth/token` },
      refreshToken: refreshToken(name),
      models: [`claude-${name}`],
    })),
  };
}
