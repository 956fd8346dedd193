import { pino } from 'pino';
import { type LogTarget, openLogDestination } from './log-destination.js';
import type { LogLevel } from './log-level.js';
import { PinoLogger } from './pino-logger.js';

/** Not `process.stdout.fd`: reading it would make node open the stream. */
const STANDARD_OUTPUT = 1;

export interface LoggerOptions {
  /** Default `info`. */
  readonly level?: LogLevel;
  /** Default: standard output. */
  readonly destination?: LogTarget;
}

/**
 * A logger that writes one JSON object per line: `level` (a word), `time` (milliseconds since the epoch), the fields, `msg`.
 *
 * @throws the system's error where the destination is a file that cannot be opened
 */
export function createLogger(options: LoggerOptions = {}): PinoLogger {
  const destination = openLogDestination(options.destination ?? STANDARD_OUTPUT);
  const lines = pino(
    {
      level: options.level ?? 'info',
      base: null,
      formatters: { level: (label) => ({ level: label }) },
      serializers: {},
    },
    destination,
  );
  return new PinoLogger(lines, destination);
}
