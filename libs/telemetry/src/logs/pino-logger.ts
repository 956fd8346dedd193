import { Logger, redact, redactText, type LogFields, type RedactedObject } from '@sluice/core';
import type { Logger as PinoLines } from 'pino';
import type { FlatLine } from './flat-line.js';
import type { OpenLogDestination } from './log-destination.js';
import type { LogLevel, LogLevelControl } from './log-level.js';

type WrittenLevel = Exclude<LogLevel, 'silent'>;

/** The port `Logger` on pino. Messages and fields are redacted; a line that the level suppresses costs nothing. */
export class PinoLogger extends Logger implements LogLevelControl {
  constructor(
    private readonly lines: PinoLines,
    private readonly destination: OpenLogDestination,
  ) {
    super();
  }

  get level(): LogLevel {
    return this.lines.level as LogLevel; // set by the constructor's caller or by setLevel, both typed
  }

  /** Lines that were dropped because the destination is too slow, and writes that failed. */
  get lost(): number {
    return this.destination.lost;
  }

  setLevel(level: LogLevel): void {
    this.lines.level = level;
  }

  debug(message: string, fields?: LogFields): void {
    this.#write('debug', message, fields);
  }

  info(message: string, fields?: LogFields): void {
    this.#write('info', message, fields);
  }

  warn(message: string, fields?: LogFields): void {
    this.#write('warn', message, fields);
  }

  error(message: string, fields?: LogFields): void {
    this.#write('error', message, fields);
  }

  /** For the hot path: the line itself sees to it that no secret is written. */
  writeFlat<Facts>(level: WrittenLevel, line: FlatLine<Facts>, facts: Facts): void {
    if (this.lines.isLevelEnabled(level)) this.destination.write(line.render(level, Date.now(), facts));
  }

  /** Writes what waits, now. For shutdown: nothing is lost without it unless the process is killed. */
  flush(): void {
    this.destination.flush();
  }

  #write(level: WrittenLevel, message: string, fields: LogFields | undefined): void {
    if (!this.lines.isLevelEnabled(level)) return;
    if (fields === undefined) this.lines[level](redactText(message));
    else this.lines[level](redact(fields) as RedactedObject, redactText(message)); // an object in, an object out
  }
}
