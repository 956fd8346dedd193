import { readFileSync } from 'node:fs';

/** The version of this package, which is the version of the whole repository. Without loading the gateway. */
export function readVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version; // ours: it has one
}
