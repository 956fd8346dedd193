import { dirname, join } from 'node:path';
import type { ConfigurationProblem } from '../problem.js';
import { systemErrorCode, type ReadTextFile } from './read-text-file.js';

/** The texts that a configuration is made of. */
export interface ConfigurationSources {
  /** Undefined = no file was asked for. */
  readonly text: string | undefined;
  /** The `.env` file beside the configuration, or in the working directory where there is no file. */
  readonly dotEnv: { readonly file: string; readonly text: string } | undefined;
  readonly problems: readonly ConfigurationProblem[];
}

const DOT_ENV = '.env';

/** Reads the file and the `.env` beside it, once each. */
export async function readSources(file: string | undefined, readFile: ReadTextFile): Promise<ConfigurationSources> {
  const dotEnvFile = join(dirname(file ?? DOT_ENV), DOT_ENV);
  const nothing: ReadOutcome = {};
  const [main, dotEnv] = await Promise.all([
    file === undefined ? nothing : readConfigurationFile(file, readFile),
    readDotEnv(dotEnvFile, readFile),
  ]);
  return {
    text: main.text,
    dotEnv: dotEnv.text === undefined ? undefined : { file: dotEnvFile, text: dotEnv.text },
    problems: [main, dotEnv].flatMap(({ problem }) => problem ?? []),
  };
}

interface ReadOutcome {
  readonly text?: string;
  readonly problem?: ConfigurationProblem;
}

async function readConfigurationFile(file: string, readFile: ReadTextFile): Promise<ReadOutcome> {
  try {
    const text = await readFile(file);
    return text === undefined ? { problem: missing(file) } : { text };
  } catch (error) {
    return { problem: unreadable(file, error) };
  }
}

async function readDotEnv(file: string, readFile: ReadTextFile): Promise<ReadOutcome> {
  try {
    const text = await readFile(file);
    return text === undefined ? {} : { text };
  } catch (error) {
    // a directory of that name belongs to some other tool
    return systemErrorCode(error) === 'EISDIR' ? {} : { problem: unreadable(file, error) };
  }
}

function missing(file: string): ConfigurationProblem {
  const fix = 'Name an existing file with --config or SLUICE_CONFIG; sluice.example.yaml is one to copy.';
  return { file, path: '', message: 'the file does not exist', fix };
}

function unreadable(file: string, error: unknown): ConfigurationProblem {
  return { file, path: '', message: `the file cannot be read (${systemErrorCode(error) ?? 'unknown reason'})` };
}
