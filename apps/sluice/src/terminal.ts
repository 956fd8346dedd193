/** Where a command speaks. */
export interface Terminal {
  /** A line of the result. */
  print(line: string): void;
  /** A line about what is wrong, or worth a look. */
  warn(line: string): void;
  /** How many characters fit on a line; undefined = it is no screen, and lines may be of any length. */
  readonly columns?: number | undefined;
}

/** What would move the cursor, change the title or give the screen other commands. Line ends and tabs stay. */
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** A line as it may be shown: vendors, whoever has named an account there, and files have a say in many of them. */
export function showable(line: string): string {
  return line.replace(CONTROLS, '?');
}

/** The process's own streams. */
export const PROCESS_TERMINAL: Terminal = {
  print: (line) => void process.stdout.write(`${showable(line)}\n`),
  warn: (line) => void process.stderr.write(`${showable(line)}\n`),
  get columns() {
    return process.stdout.isTTY ? process.stdout.columns : undefined;
  },
};
