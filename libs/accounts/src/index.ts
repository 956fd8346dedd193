export { AccountLease, type LeaseOutcome } from './account-lease.js';
export { AccountPool, type LeaseRequest, type LeaseResult } from './account-pool.js';
export { AccountsModule } from './accounts.module.js';
export type { Candidate } from './candidate.js';
export { COOLDOWN_RULES, type CooldownRule, type CooldownStrength, MAX_COOLDOWN_MS } from './cooldown-rule.js';
export { CredentialRefresher, REFRESH_PAUSE_MS, REFRESH_TIMEOUT_MS } from './credential-refresher.js';
export { CredentialSource, EXPIRY_MARGIN_MS, REFRESH_AHEAD_MS } from './credential-source.js';
export { CredentialStore, MemoryCredentialStore } from './credential-store.js';
