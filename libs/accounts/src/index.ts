export { AccountLease, type LeaseOutcome } from './account-lease.js';
export { AccountPool } from './account-pool.js';
export { AccountsModule } from './accounts.module.js';
export type { Candidate } from './candidate.js';
export type { CandidateCondition } from './candidate-condition.js';
export { CIRCUIT_WINDOW_MS, type CircuitState, MAX_PROBE_MS, PROBE_WAIT_MS } from './circuit-breaker.js';
export { COOLDOWN_RULES, type CooldownRule, type CooldownStrength, MAX_COOLDOWN_MS } from './cooldown-rule.js';
export {
  CredentialRefresher,
  REFRESH_PAUSE_MS,
  REFRESH_TIMEOUT_MS,
  RENEWAL_INTERVAL_MS,
} from './credential-refresher.js';
export { CredentialSource, EXPIRY_MARGIN_MS, REFRESH_AHEAD_MS } from './credential-source.js';
export { CredentialStore, MemoryCredentialStore } from './credential-store.js';
export { CredentialStoreError } from './file-store/credential-store-error.js';
export { FileCredentialStore, type FileCredentialStoreOptions } from './file-store/file-credential-store.js';
export {
  MAX_NAMED_MODELS,
  type AccountCondition,
  type OverallStanding,
  type ReportedRest,
} from './inspection/account-condition.js';
export {
  AccountHistory,
  ATTEMPT_OUTCOMES,
  type AccountRecord,
  type AttemptOutcome,
  type LastFailure,
} from './inspection/account-history.js';
export type { LoginState } from './inspection/login-state.js';
export { RENEWAL_OUTCOMES, type RenewalOutcome, type RenewalReport } from './inspection/renewal-ledger.js';
export { CooldownStore } from './kept/cooldown-store.js';
export { FileCooldownStore } from './kept/file-cooldown-store.js';
export type { KeptCooldown } from './kept/kept-cooldown.js';
export { KEEP_INTERVAL_MS, KeptCooldowns } from './kept/kept-cooldowns.js';
export { AccountActivity, type Activity } from './managed/account-activity.js';
export { AccountBalances, BALANCE_TTL_MS, MAX_KNOWN_BALANCES } from './managed/account-balances.js';
export { FileManagedStateStore } from './managed/file-managed-state-store.js';
export { ManagedAccounts, managedProvider, type ManagedAccountsDependencies } from './managed/managed-accounts.js';
export { type ManagedState, ManagedStateStore, MemoryManagedStateStore } from './managed/managed-state.js';
export { overlaySnapshot } from './managed/overlay-snapshot.js';
export { PendingLogins, type LoginEnding, type PendingLogin } from './managed/pending-logins.js';
export { SwitchableCredentialStore } from './switchable-credential-store.js';
export type { LeaseOwner, LeaseRequest, LeaseSession } from './lease-request.js';
export type { LeaseResult } from './lease-result.js';
export { MAX_SAVED_RETRIES, RETRY_RESERVE_MS } from './retry-allowance.js';
export { MAX_SESSIONS, type SessionStatistics } from './session-bindings.js';
export type { CandidateStanding } from './standing.js';
export type { VendorProtection } from './vendor-health.js';
