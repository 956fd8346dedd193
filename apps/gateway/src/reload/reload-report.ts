import type { ConfigurationChanges } from '@sluice/config';

/** Who asked for it. */
export type ReloadTrigger = 'file' | 'signal' | 'api';

/** What became of a configuration that was read while the gateway runs. Holds no secret. */
export interface ReloadReport {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  readonly trigger: ReloadTrigger;
  /** Refused = the configuration before it is still in force, all of it. */
  readonly outcome: 'applied' | 'refused';
  /** Against the configuration before it. Undefined = refused. */
  readonly changes: ConfigurationChanges | undefined;
  /** Settings that are declared otherwise than the running process was started with, and need a restart. */
  readonly waitingForRestart: readonly string[];
  /** Why it was refused: a line for each mistake, with file, place, path and what to do. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}
