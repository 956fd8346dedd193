/** The package has no types of its own; this is what we use of it. */
declare module 'pino-roll' {
  import type { EventEmitter } from 'node:events';

  interface RollOptions {
    readonly file: string;
    /** `100b` = a hundred bytes. */
    readonly size: string;
    readonly frequency: 'daily';
    readonly dateFormat: string;
    readonly symlink: boolean;
    readonly limit: { readonly count: number; readonly removeOtherLogFiles: boolean };
    readonly mode: number;
    readonly sync: boolean;
    /** In bytes, as those that follow. */
    readonly minLength: number;
    readonly maxWrite: number;
    readonly maxLength: number;
    /** In milliseconds. */
    readonly periodicFlush: number;
  }

  /** Emits `ready`, `error`, and `drop` for what no longer fits into memory. */
  interface RollingStream extends EventEmitter {
    write(line: string): boolean;
    flushSync(): void;
  }

  const roll: (options: RollOptions) => Promise<RollingStream>;
  export default roll;
}
