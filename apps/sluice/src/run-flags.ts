/** The flags of `sluice run`. */
export interface RunFlags {
  readonly config?: string;
  /** The logins of a `config.json` of kiro-rs. */
  readonly credentials?: string;
  readonly host?: string;
  readonly port?: number;
  readonly data?: string;
  readonly logLevel?: string;
  readonly logFile?: string;
  /** In milliseconds. */
  readonly shutdownTimeout?: number;
  readonly pidFile?: string;
  /** Start it in the background, and come back when it listens. */
  readonly daemon?: boolean;
  /** This is the process in the background. */
  readonly background?: boolean;
  /** False = `--no-database`. */
  readonly database: boolean;
}
