/** Who is calling: the owner of a client key, or nobody in particular where keys are not asked for. */
export interface Principal {
  /** Stable for logs and metering; never the key. */
  readonly id: string;
  readonly name: string;
  /** `diagnostics` shows the account in the answer's headers; `admin` is the control plane's. */
  readonly scopes: ReadonlySet<string>;
  /** Globs over model names; undefined = all. */
  readonly models: readonly string[] | undefined;
}
