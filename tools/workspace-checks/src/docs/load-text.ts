import { formatProblem, loadConfiguration } from '@sluice/config';
import type { ProviderDescriptor } from '@sluice/provider-kit';

const FILE = 'sluice.yaml';
const VARIABLE = /\$\{(\w+)\}/g;

export interface LoadedText {
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** Loads a configuration text as a user would, with a value for every variable that it names. */
export async function loadText(text: string, providers: readonly ProviderDescriptor[]): Promise<LoadedText> {
  const env = Object.fromEntries([...text.matchAll(VARIABLE)].map(([, name = '']) => [name, sampleValue(name)]));
  const readFile = (path: string): Promise<string | undefined> => Promise.resolve(path === FILE ? text : undefined);
  const outcome = await loadConfiguration({ file: FILE, env, providers, readFile });
  return outcome.ok
    ? { problems: [], warnings: outcome.warnings.map(formatProblem) }
    : { problems: outcome.problems.map(formatProblem), warnings: [] };
}

function sampleValue(name: string): string {
  return name.endsWith('PROXY') ? 'http://proxy.example:3128' : `value-of-${name}`;
}
