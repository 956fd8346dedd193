import type { SettingDescription } from '../declaration/describe-configuration.js';
import type { ConfigurationFlags } from '../declaration/setting.js';
import type { Override } from './configuration-tree.js';
import type { Environment } from './environment.js';

/** What environment and flags put in place of the file's values; flags last, because they win. */
export function collectOverrides(
  settings: readonly SettingDescription[],
  environment: Environment,
  flags: ConfigurationFlags,
): readonly Override[] {
  const fromEnvironment = settings.flatMap(({ path, environment: name }): readonly Override[] => {
    const value = name === undefined ? undefined : environment.values[name];
    if (name === undefined || value === undefined) return [];
    return [{ path: path.split('.'), value, file: environment.sourceOf(name), name }];
  });
  const fromFlags = settings.flatMap(({ path, flag }): readonly Override[] => {
    const value = flag === undefined ? undefined : flags[flag];
    if (flag === undefined || value === undefined) return [];
    return [{ path: path.split('.'), value, file: 'command line', name: formatFlag(flag) }];
  });
  return [...fromEnvironment, ...fromFlags];
}

/** `logLevel` → `--log-level`. */
function formatFlag(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
