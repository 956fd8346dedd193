import { Logger, redact, redactText, type LogFields, type RedactedObject } from '@sluice/core';
import type { Logger as PinoLines } from 'pino';
import type { FlatLine, FlatValue } from './flat-line.js';
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

  /** For the hot path: writes values that are known to hold no secret, as they are. */
  writeFlat<Member extends string>(
    level: WrittenLevel,
    line: FlatLine<Member>,
    values: Readonly<Record<Member, FlatValue>>,
  ): void {
    if (this.lines.isLevelEnabled(level)) this.destination.write(line.render(level, Date.now(), values));
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
