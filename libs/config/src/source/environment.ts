import { parseEnv } from 'node:util';

/** The environment, with the `.env` file beside the configuration beneath it. Empty variables count as not set. */
export interface Environment {
  readonly values: Readonly<Record<string, string>>;
  /** For messages: `environment`, or the `.env` file. */
  sourceOf(name: string): string;
}

export interface EnvironmentOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly dotEnv: { readonly file: string; readonly text: string } | undefined;
}

/** The real environment wins: a deployment overrides what a checkout carries. */
export function readEnvironment({ environment, dotEnv }: EnvironmentOptions): Environment {
  const real = withoutEmpty(environment);
  const values = { ...withoutEmpty(parseEnv(dotEnv?.text ?? '')), ...real };
  return {
    values,
    sourceOf: (name) => (Object.hasOwn(real, name) || dotEnv === undefined ? 'environment' : dotEnv.file),
  };
}

function withoutEmpty(variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const set = Object.entries(variables).filter((entry): entry is [string, string] => (entry[1] ?? '') !== '');
  return Object.fromEntries(set);
}
