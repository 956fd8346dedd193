import type { AccountDeclaration, CircuitSettings, RetryBudgetSettings } from '@sluice/config';
import { GatewayError, type UpstreamFailure } from '@sluice/core';
import { CircuitBreaker } from './circuit-breaker.js';
import { RetryAllowance } from './retry-allowance.js';

/** When a vendor's host is left alone. */
export interface VendorProtection {
  readonly circuitBreaker: CircuitSettings;
  readonly retryBudget: RetryBudgetSettings;
}

/** How one host of a vendor does, as all accounts that reach it see it. */
export class VendorHealth {
  readonly circuit = new CircuitBreaker();
  readonly retries = new RetryAllowance();
  #last: GatewayError | undefined;

  /**
   * @param name who it is, with its host: for the operator
   * @param provider for clients, whom the host does not concern
   */
  constructor(
    readonly name: string,
    readonly provider: string,
  ) {}

  /** Whether the circuit lets a call through. */
  isOpen({ circuitBreaker }: VendorProtection, nowMs: number): boolean {
    return circuitBreaker.enabled && !this.circuit.admits(nowMs);
  }

  begin(isRetry: boolean, { retryBudget }: VendorProtection, nowMs: number): void {
    if (isRetry) this.retries.spend(retryBudget, nowMs);
    else this.retries.earn(retryBudget, nowMs);
    this.circuit.begin(nowMs);
  }

  /** A failure that is not the vendor's says that the vendor is there and answers. */
  fail(failure: UpstreamFailure, begunAtMs: number, nowMs: number, { circuitBreaker }: VendorProtection): void {
    if (failure.blame !== 'provider' && failure.blame !== 'network') {
      this.circuit.succeed(begunAtMs, nowMs);
      return;
    }
    this.#last = failure.error;
    this.circuit.fail(begunAtMs, nowMs, circuitBreaker);
  }

  /** What the client is told while the circuit is open. */
  openError(nowMs: number): GatewayError {
    const seconds = Math.ceil((this.circuit.retryAtMs(nowMs) - nowMs) / 1_000);
    const said = this.#last === undefined ? '' : ` Its last failure: ${this.#last.message}`;
    return new GatewayError({
      kind: 'upstream_overloaded',
      message: `The vendor "${this.provider}" has failed again and again and is left alone for now. Try again in ${seconds} s.${said}`,
      cause: this.#last,
    });
  }
}

/** Which host an account reaches: accounts of one provider behind another address are another vendor's. */
export function vendorOf({ account }: AccountDeclaration): string {
  const { baseUrl, region } = account.settings;
  if (typeof baseUrl === 'string' && URL.canParse(baseUrl)) return `${account.provider} (${new URL(baseUrl).host})`;
  return typeof region === 'string' ? `${account.provider} (${region})` : account.provider;
}
