import { CLIENT_KEY_VARIABLE, environmentAsYaml, readTextFile } from '@sluice/config';
import { parseEnv } from 'node:util';

/** The name under which problems of it would be reported. */
export const ENVIRONMENT_FILE = '(environment)';

/** A configuration that the variables of an older gateway make. */
export interface EnvironmentStart {
  /** What it comes to as a sluice.yaml; variables stand in the places of secrets. Undefined = there is none. */
  readonly yaml: string | undefined;
  /** A sentence for whoever has set some of the variables. */
  readonly hint: string | undefined;
}

/** Looks at the environment, and at the `.env` file in the working directory beneath it. */
export async function findEnvironmentStart(
  environment: Readonly<Record<string, string | undefined>>,
  readFile: typeof readTextFile = readTextFile,
): Promise<EnvironmentStart> {
  const dotEnv = await readFile('.env').catch(() => undefined); // an unreadable one is said when it is needed
  const found = environmentAsYaml({ ...parseEnv(dotEnv ?? ''), ...environment });
  if (found?.type === 'complete') return { yaml: found.yaml, hint: undefined };
  const hint =
    found === undefined
      ? undefined
      : `${found.variable} names a login of Kiro, but ${CLIENT_KEY_VARIABLE} is not set, the key that clients send: with it, Sluice serves that login.`;
  return { yaml: undefined, hint };
}
