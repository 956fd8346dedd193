/** Where a command speaks. */
export interface Terminal {
  /** A line of the result. */
  print(line: string): void;
  /** A line about what is wrong, or worth a look. */
  warn(line: string): void;
}

/** The process's own streams. */
export const PROCESS_TERMINAL: Terminal = {
  print: (line) => void process.stdout.write(`${line}\n`),
  warn: (line) => void process.stderr.write(`${line}\n`),
};
