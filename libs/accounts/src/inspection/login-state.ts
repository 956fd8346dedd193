import type { CredentialKind } from '@sluice/provider-kit';
import type { RenewalReport } from './renewal-ledger.js';

/** What an account proves itself with. Holds no secret. */
export interface LoginState {
  /** Absent = it has nothing to prove itself with. */
  readonly kind?: CredentialKind;
  /** When its token ends, in milliseconds since the epoch; absent = it does not, or nobody knows. */
  readonly expiresAtMs?: number;
  /** Somebody has to log in: there is no login, or its vendor has refused to renew it. */
  readonly needsLogin: boolean;
  /** Absent = none has been tried since the process began. */
  readonly lastRenewal?: RenewalReport;
}
