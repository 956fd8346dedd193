/** One thing that is wrong with the configuration, told so that it can be put right without reading our code. No secrets. */
export interface ConfigurationProblem {
  /** The file as the user named it, or `environment`, `command line`, `(no configuration file)`. */
  readonly file: string;
  /** `accounts[1].baseUrl`, an environment variable or a flag; empty = the file as a whole. */
  readonly path: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  /** What is wrong; continues a sentence that begins with the path. */
  readonly message: string;
  /** What to do about it: a sentence. */
  readonly fix?: string;
  /** Which values or members are allowed. */
  readonly allowed?: string;
}

/** One line for the terminal: file, position, path, what is wrong, what to do, what is allowed. */
export function formatProblem(problem: ConfigurationProblem): string {
  const position = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':');
  const sentence = problem.path === '' ? problem.message : `${problem.path} ${problem.message}`;
  const parts = [
    `${position}: ${sentence}.`,
    problem.fix,
    problem.allowed === undefined ? undefined : `Allowed: ${problem.allowed.replace(/(?<!…)$/, '.')}`,
  ];
  return parts
    .filter((part) => part !== undefined)
    .join(' ')
    .replaceAll(/\s+/g, ' ');
}
