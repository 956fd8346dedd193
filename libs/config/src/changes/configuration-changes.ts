/** The names of what was added to a list, taken out of it, or is declared otherwise. */
export interface ListChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** What one configuration says otherwise than another. Names only, never values. */
export interface ConfigurationChanges {
  readonly accounts: ListChanges;
  /** By alias. */
  readonly models: ListChanges;
  /** By name. */
  readonly apiKeys: ListChanges;
  /** Paths of settings that take effect at once. */
  readonly settings: readonly string[];
  /** Paths of settings that wait for a restart. */
  readonly restart: readonly string[];
}
