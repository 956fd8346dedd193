import type { SourceFile } from './source-files/source-file.js';

/** One account that a declared one stands for. Members that are absent are the declared account's own. */
export interface ExpandedAccount {
  /** What follows the declared id; empty = it is the same account. */
  readonly suffix: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly isDisabled?: boolean;
  /** Added to the declared priority. */
  readonly priority?: number;
  readonly proxyUrl?: string;
}

export interface AccountExpansion {
  readonly accounts: readonly ExpandedAccount[];
  /** Sentences for the operator. */
  readonly warnings: readonly string[];
  /** What was read for it; when one of them changes, the configuration is read again. */
  readonly files?: readonly SourceFile[];
}
