import type { ConfigurationFlags } from '../declaration/setting.js';
import { loadConfiguration, type LoadOutcome } from '../load-configuration.js';
import { formatProblem } from '../problem.js';
import { SAMPLE_PROVIDERS } from './sample-providers.js';

export interface TextOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly flags?: ConfigurationFlags;
  readonly dotEnv?: string;
}

/** Loads a text as `sluice.yaml`, with the sample providers and nothing else around it. */
export function loadText(text: string, { env = {}, flags = {}, dotEnv }: TextOptions = {}): Promise<LoadOutcome> {
  const files = new Map([['sluice.yaml', text]]);
  if (dotEnv !== undefined) files.set('.env', dotEnv);
  const readFile = (path: string): Promise<string | undefined> => Promise.resolve(files.get(path));
  return loadConfiguration({ file: 'sluice.yaml', env, flags, providers: SAMPLE_PROVIDERS, readFile });
}

/** The error lines of a text; empty = it is valid. */
export async function linesOf(text: string, options?: TextOptions): Promise<readonly string[]> {
  const outcome = await loadText(text, options);
  return outcome.ok ? [] : outcome.problems.map(formatProblem);
}

/** The configuration of a valid text. @throws Error with the lines of an invalid one */
export async function configurationOf(text: string, options?: TextOptions) {
  const outcome = await loadText(text, options);
  if (!outcome.ok) throw new Error(outcome.problems.map(formatProblem).join('\n'));
  return outcome.configuration;
}
