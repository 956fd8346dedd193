import type { CircuitState } from './circuit-breaker.js';
import type { Seat } from './roster.js';
import type { VendorHealth } from './vendor-health.js';

/** What an account and its vendor's host are at now, whoever asks. */
export interface CandidateCondition {
  /** Calls under way. */
  readonly inFlight: number;
  /** Absent = as many as come. */
  readonly maxConcurrency?: number;
  /** The vendor's host; absent = it is always asked. `retryAtMs` since the epoch: when it is asked again. */
  readonly circuit?: { readonly vendor: string; readonly state: CircuitState; readonly retryAtMs?: number };
}

/** Reads the condition of a seat. */
export function conditionOf({ candidate, state, vendor }: Seat, nowMs: number): CandidateCondition {
  const { maxConcurrency } = candidate.declaration;
  return {
    inFlight: state.inFlight,
    ...(maxConcurrency !== undefined && { maxConcurrency }),
    ...(vendor !== undefined && { circuit: circuitOf(vendor, nowMs) }),
  };
}

function circuitOf({ name, circuit }: VendorHealth, nowMs: number): NonNullable<CandidateCondition['circuit']> {
  const state = circuit.stateAt(nowMs);
  return { vendor: name, state, ...(state !== 'closed' && { retryAtMs: circuit.retryAtMs(nowMs) }) };
}
