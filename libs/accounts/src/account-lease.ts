import type { AccountDeclaration } from '@sluice/config';
import type { UpstreamFailure, WireHeaders } from '@sluice/core';
import { rateLimitHints } from '@sluice/provider-kit';
import type { AccountState } from './account-state.js';
import type { Candidate } from './candidate.js';
import type { SessionBindings } from './session-bindings.js';
import type { VendorHealth, VendorProtection } from './vendor-health.js';

/**
 * How a leased account did. `nowMs`: when the attempt ended, in milliseconds since the epoch; without it a success says nothing of
 * the account's limits.
 */
export type LeaseOutcome =
  | { readonly type: 'success'; readonly nowMs?: number }
  | { readonly type: 'failure'; readonly failure: UpstreamFailure; readonly nowMs: number }
  /** The client went away, or the call was never sent: it says nothing about the account. */
  | { readonly type: 'cancelled' };

/** What a lease is for. */
export interface LeaseTerms {
  readonly candidate: Candidate;
  readonly state: AccountState;
  readonly leasedAtMs: number;
  /** Undefined = the vendor is always asked. */
  readonly vendor: VendorHealth | undefined;
  readonly isRetry: boolean;
  readonly protection: VendorProtection;
  /** The conversation that is bound to the account, as `bindings` knows it. */
  readonly session: string | undefined;
  readonly bindings: SessionBindings;
  /** Whether others could serve in its stead: only then its limits are of interest. */
  readonly hasCompany: boolean;
}

/** The right to send one call through an account. Whoever holds it must release it. */
export class AccountLease {
  #isReleased = false;
  #headers: WireHeaders | undefined;
  readonly #terms: LeaseTerms;

  /** Counts as begun from here on. */
  constructor(terms: LeaseTerms) {
    this.#terms = terms;
    const { state, vendor, isRetry, protection, leasedAtMs } = terms;
    state.countInFlight(1);
    vendor?.begin(isRetry, protection, leasedAtMs);
  }

  get declaration(): AccountDeclaration {
    return this.#terms.candidate.declaration;
  }

  /** The vendor's model id. */
  get model(): string {
    return this.#terms.candidate.model;
  }

  /** The vendor's host, as the pool knows it; undefined = it is always asked. */
  get vendor(): string | undefined {
    return this.#terms.vendor?.name;
  }

  /** The headers of the vendor's answer: what they say of the account's limits counts when the lease is released. */
  hear(headers: WireHeaders): void {
    this.#headers = headers;
  }

  /** Gives the account back. Only the first call counts. */
  release(outcome: LeaseOutcome): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    const { state, vendor, leasedAtMs, protection } = this.#terms;
    state.countInFlight(-1);
    switch (outcome.type) {
      case 'success':
        if (state.cooldowns.clear(this.model, leasedAtMs)) state.touch();
        vendor?.circuit.succeed(leasedAtMs, outcome.nowMs ?? leasedAtMs);
        if (outcome.nowMs === undefined) return;
        this.#noteHeaders(outcome.nowMs);
        this.#noteLimits(outcome.nowMs);
        return;
      case 'failure':
        this.#noteHeaders(outcome.nowMs);
        vendor?.fail(outcome.failure, leasedAtMs, outcome.nowMs, protection);
        this.#noteFailure(outcome.failure, outcome.nowMs);
        return;
      case 'cancelled':
        vendor?.circuit.abandon(leasedAtMs);
        return;
      default:
        unknownOutcome(outcome);
    }
  }

  #noteFailure(failure: UpstreamFailure, nowMs: number): void {
    const { state, session, bindings, leasedAtMs } = this.#terms;
    const { account, cooldownEnabled } = this.declaration;
    if (session !== undefined && failure.blame !== 'request') bindings.unbind(session, account.id);
    if (!cooldownEnabled) return;
    state.cooldowns.note({ model: this.model, failure, leasedAtMs, nowMs });
    state.touch();
  }

  #noteHeaders(nowMs: number): void {
    if (this.#headers === undefined) return;
    const { state } = this.#terms;
    state.lastHeaders = this.#headers;
    state.lastHeardAtMs = nowMs;
  }

  #noteLimits(nowMs: number): void {
    const { state, hasCompany } = this.#terms;
    const low = hasCompany && this.#headers ? rateLimitHints(this.#headers, nowMs)?.low : undefined;
    if (low === undefined || !this.declaration.cooldownEnabled) return;
    state.lowLimits.note(this.model, low, nowMs);
    state.touch();
  }
}

function unknownOutcome(outcome: never): never {
  throw new TypeError(`unknown outcome ${JSON.stringify(outcome)}`);
}
