import type { GatewayErrorKind } from '@sluice/core';
import type { Account, Credential } from '@sluice/provider-kit';

/**
 * How renewals of logins end. `taken-over`: another process had renewed the same login already. `refused`: the vendor does not take
 * the login any more. `failed`: for a reason that may pass.
 */
export const RENEWAL_OUTCOMES = ['renewed', 'taken-over', 'refused', 'failed'] as const;
export type RenewalOutcome = (typeof RENEWAL_OUTCOMES)[number];

/** Accounts whose last renewal is remembered; beyond it the one that is longest ago is forgotten. */
export const MAX_REMEMBERED_RENEWALS = 10_000;

/** The last renewal of an account. Holds no secret. */
export interface RenewalReport {
  readonly outcome: RenewalOutcome;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  /** Of one that was refused or failed. */
  readonly kind?: GatewayErrorKind;
  readonly message?: string;
}

interface Entry {
  readonly report: RenewalReport;
  /** What was refused. */
  readonly refused?: Credential;
}

/** Remembers how renewals ended, for people who look. Nothing is decided by it. */
export class RenewalLedger {
  readonly #last = new Map<string, Entry>();
  readonly #counts = new Map<string, Record<RenewalOutcome, number>>();

  /** How renewals have ended since the process began, by provider id. */
  get counts(): ReadonlyMap<string, Readonly<Record<RenewalOutcome, number>>> {
    return this.#counts;
  }

  /** Undefined = none has been tried. */
  lastOf(accountId: string): RenewalReport | undefined {
    return this.#last.get(accountId)?.report;
  }

  /** Whether the vendor has refused to renew this very credential: only another login helps. */
  isRefused(accountId: string, credential: Credential): boolean {
    return this.#last.get(accountId)?.refused?.secret === credential.secret;
  }

  /** @param tried what was to be renewed */
  note({ id, provider }: Account, tried: Credential, report: RenewalReport): void {
    this.#last.delete(id);
    if (this.#last.size >= MAX_REMEMBERED_RENEWALS) this.#forgetOldest();
    this.#last.set(id, { report, ...(report.outcome === 'refused' && { refused: tried }) });
    const counts = this.#counts.get(provider) ?? { renewed: 0, 'taken-over': 0, refused: 0, failed: 0 };
    counts[report.outcome] += 1;
    this.#counts.set(provider, counts);
  }

  #forgetOldest(): void {
    const oldest = this.#last.keys().next();
    if (oldest.done !== true) this.#last.delete(oldest.value);
  }
}
