/** Facts that go beside a log message. Values are redacted by the adapter; still, never pass a secret on purpose. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where a library reports to the operator. A port: the adapter decides on the form and the destination. */
export abstract class Logger {
  abstract debug(message: string, fields?: LogFields): void;
  abstract info(message: string, fields?: LogFields): void;
  abstract warn(message: string, fields?: LogFields): void;
  abstract error(message: string, fields?: LogFields): void;
}

/** Says nothing. For tests and for tools whose output is something else. */
export class SilentLogger extends Logger {
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(): void {}
}
