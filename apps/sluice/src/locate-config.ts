import { existsSync } from 'node:fs';

const DEFAULT_FILES = ['sluice.yaml', 'sluice.yml', 'sluice.json'];

/** The configuration file to use: what was asked for, else the environment's, else one in the working directory, else none. */
export function locateConfig(
  asked: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  exists: (file: string) => boolean = existsSync,
): string | undefined {
  return asked ?? (environment['SLUICE_CONFIG'] || undefined) ?? DEFAULT_FILES.find(exists);
}
