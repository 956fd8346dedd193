import type { ApiKeyDeclaration } from '@sluice/config';
import { loadGatewayConfiguration, readDescriptors } from '@sluice/gateway';
import { locateConfig } from '../locate-config.js';

/** The client keys of a configuration file; none where it cannot be read, or there is none. */
export async function readClientKeys(asked: string | undefined): Promise<readonly ApiKeyDeclaration[]> {
  const providers = await readDescriptors();
  const flags = { allowUnauthenticated: true }; // nobody is served here, and without a file there is no key
  const file = locateConfig(asked, process.env);
  const loaded = await loadGatewayConfiguration({ file, env: process.env, flags, providers });
  return loaded.ok ? loaded.snapshot.apiKeys : []; // the offline answer names the mistakes
}
