import type { AccountCondition, AccountRecord, LoginState, OverallStanding } from '@sluice/accounts';
import type { DeclarationOrigin } from '@sluice/config';
import type { ReportedLimit } from '@sluice/provider-kit';

/** How an account stands, also where it has nothing to prove itself with. */
export type ReportedStanding = OverallStanding | { readonly type: 'needs-login'; readonly message: string };

/** What there is to say of one account. Times in milliseconds since the epoch. Holds no secret. */
export interface AccountReport extends Omit<AccountCondition, 'standing'>, AccountRecord {
  readonly accountId: string;
  readonly provider: string;
  readonly origin: DeclarationOrigin;
  readonly enabled: boolean;
  /** The id of the only principal that may use it; absent = it is shared. */
  readonly owner?: string;
  readonly priority: number;
  readonly weight: number;
  /** Globs; absent = every model of the vendor. */
  readonly models?: readonly string[];
  readonly excludeModels: readonly string[];
  readonly prefix?: string;
  readonly standing: ReportedStanding;
  readonly login: LoginState | UnreadLogin;
  /** What the vendor's last answer said of its limits; absent = no answer has come yet. */
  readonly limits?: { readonly atMs: number; readonly limits: readonly ReportedLimit[] };
}

/** The store of logins could not be read: nobody knows. */
export interface UnreadLogin {
  readonly error: string;
}

/** Some of the declared accounts, in the order in which they are declared. */
export interface AccountPage {
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** How many there are that were asked for. */
  readonly total: number;
  /** More come after this account; absent = these are all. */
  readonly next?: string;
  readonly accounts: readonly AccountReport[];
}
