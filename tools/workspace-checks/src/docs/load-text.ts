import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblem, loadConfiguration, type Configuration, type LoadOutcome } from '@sluice/config';
import type { ProviderDescriptor } from '@sluice/provider-kit';
import { ROOT } from '../workspace/root.js';

const FILE = 'sluice.yaml';
/** A certificate and its key, for every file of that kind that a text names. */
const PEM_FOLDER = 'libs/provider-kit/src/http/__fixtures__';
const VARIABLE = /\$\{(\w+)\}/g;

export interface LoadedText {
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** Loads a configuration text as a user would, with a value for every variable that it names. */
export async function loadText(text: string, providers: readonly ProviderDescriptor[]): Promise<LoadedText> {
  const outcome = await outcomeOf(text, providers);
  return outcome.ok
    ? { problems: [], warnings: outcome.warnings.map(formatProblem) }
    : { problems: outcome.problems.map(formatProblem), warnings: [] };
}

/** What a text comes to; undefined = it has problems. */
export async function configurationOf(
  text: string,
  providers: readonly ProviderDescriptor[],
): Promise<Configuration | undefined> {
  const outcome = await outcomeOf(text, providers);
  return outcome.ok ? outcome.configuration : undefined;
}

function outcomeOf(text: string, providers: readonly ProviderDescriptor[]): Promise<LoadOutcome> {
  const env = Object.fromEntries([...text.matchAll(VARIABLE)].map(([, name = '']) => [name, sampleValue(name)]));
  const readFile = (path: string): Promise<string | undefined> =>
    Promise.resolve(path === FILE ? text : path.endsWith('.pem') ? samplePem(path) : undefined);
  return loadConfiguration({ file: FILE, env, providers, readFile });
}

function samplePem(path: string): string {
  const name = path.endsWith('key.pem') ? 'localhost.key.pem' : 'localhost.cert.pem';
  return readFileSync(join(ROOT, PEM_FOLDER, name), 'utf8');
}

function sampleValue(name: string): string {
  return name.endsWith('PROXY') ? 'http://proxy.example:3128' : `value-of-${name}`;
}
