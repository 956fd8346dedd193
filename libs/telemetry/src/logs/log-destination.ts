import { openSync } from 'node:fs';
import { BufferedDestination } from './buffered-destination.js';

/** Readable by the owner and the group. */
const LOG_FILE_MODE = 0o640;

/** Takes whole lines, each with its line feed. */
export interface LogDestination {
  write(line: string): void;
}

/** Where lines go: a file descriptor (1 = standard output), the path of a file to append to, or an object. */
export type LogTarget = number | string | LogDestination | OpenLogDestination;

/** A destination with what is asked of it besides lines. */
export interface OpenLogDestination extends LogDestination {
  /** Writes what waits, now. */
  flush(): void;
  /** Dropped lines and failed writes. */
  readonly lost: number;
}

/**
 * Opens a target for asynchronous writing; what waits is also written when the process exits.
 *
 * @throws the system's error where a file cannot be opened
 */
export function openLogDestination(target: LogTarget): OpenLogDestination {
  if (typeof target === 'object')
    return 'flush' in target ? target : { write: (line) => target.write(line), flush: () => {}, lost: 0 };
  const descriptor = typeof target === 'string' ? openSync(target, 'a', LOG_FILE_MODE) : target;
  const destination = new BufferedDestination(descriptor);
  process.once('exit', () => destination.flush());
  return destination;
}
