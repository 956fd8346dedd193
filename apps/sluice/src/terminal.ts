/** Where a command speaks. */
export interface Terminal {
  /** A line of the result. */
  print(line: string): void;
  /** A line about what is wrong, or worth a look. */
  warn(line: string): void;
  /** How many characters fit on a line; undefined = it is no screen, and lines may be of any length. */
  readonly columns?: number | undefined;
}

/** The process's own streams. */
export const PROCESS_TERMINAL: Terminal = {
  print: (line) => void process.stdout.write(`${line}\n`),
  warn: (line) => void process.stderr.write(`${line}\n`),
  get columns() {
    return process.stdout.isTTY ? process.stdout.columns : undefined;
  },
};
