import { existsSync, readFileSync } from 'node:fs';
import { kiroRsAsYaml } from '@sluice/config';

const DEFAULT_FILES = ['sluice.yaml', 'sluice.yml', 'sluice.json'];
/** kiro-rs's; many programs have a file of this name, so what stands in it counts. */
const KIRO_RS_FILE = 'config.json';

/** How the working directory is looked at. */
export interface Look {
  readonly exists: (file: string) => boolean;
  readonly read: (file: string) => string;
}

const DISK: Look = { exists: existsSync, read: (file) => readFileSync(file, 'utf8') };

/**
 * The configuration file to use: what was asked for, else the environment's, else one in the working directory, else none.
 * The `config.json` of kiro-rs is one of those, after all of ours.
 */
export function locateConfig(
  asked: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  look: Look = DISK,
): string | undefined {
  return asked ?? (environment['SLUICE_CONFIG'] || undefined) ?? DEFAULT_FILES.find(look.exists) ?? kiroRsFile(look);
}

function kiroRsFile({ exists, read }: Look): string | undefined {
  if (!exists(KIRO_RS_FILE)) return undefined;
  try {
    return kiroRsAsYaml(read(KIRO_RS_FILE)) === undefined ? undefined : KIRO_RS_FILE;
  } catch {
    return undefined; // a directory, or somebody else's: nobody asked for it
  }
}
