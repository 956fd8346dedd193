/** From the most to the least that is written. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** Lines of this level and above are written. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Narrows a configured word. */
export function isLogLevel(value: string): value is LogLevel {
  return (LOG_LEVELS as readonly string[]).includes(value);
}

/** Changes how much is logged while the process runs. A port: abstract class = interface and injection token in one. */
export abstract class LogLevelControl {
  abstract get level(): LogLevel;
  /** In force with the next line. */
  abstract setLevel(level: LogLevel): void;
}
