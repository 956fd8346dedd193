/** One account as the metrics show it. */
export interface AccountFigures {
  readonly id: string;
  readonly provider: string;
  /** How it stands: one word of a closed set. */
  readonly standing: string;
  readonly inFlight: number;
  /** How many of its models rest. */
  readonly restingModels: number;
  /** Milliseconds since the epoch; undefined = it does not end, or nobody knows. */
  readonly credentialExpiresAtMs: number | undefined;
  /** Calls that have ended, by outcome, since the process began. */
  readonly attempts: Readonly<Record<string, number>>;
}

/** What the metrics show of accounts at one moment. Declared here by what is read, so that nothing of the pipeline is needed. */
export interface AccountReading {
  /** Those that are declared now. */
  readonly accounts: readonly AccountFigures[];
  readonly circuits: readonly { readonly vendor: string; readonly state: string }[];
  /** How often conversations looked for their account, by outcome, since the process began. */
  readonly sessionLookups: Readonly<Record<string, number>>;
  /** Renewals of logins by provider and outcome, since the process began. */
  readonly renewals: readonly { readonly provider: string; readonly outcome: string; readonly count: number }[];
}
