import type { GatewayErrorKind, UpstreamFailure } from '@sluice/core';

/**
 * `hard`: the vendor is known to refuse, so it is not asked before the end. `soft`: a passing fault; others are preferred,
 * but when nothing else is left the account is still asked, so that a lone account is never refused for a hiccup.
 */
export type CooldownStrength = 'hard' | 'soft';

/** All in milliseconds. */
export interface CooldownRule {
  readonly strength: CooldownStrength;
  /** Used where the vendor named no time. */
  readonly durationMs: number;
  /** The duration doubles with every failure in a row, up to this. Absent = it does not grow. */
  readonly growsToMs?: number;
  /** Whether the vendor's own time counts instead. */
  readonly honoursHint: boolean;
}

/** No cooldown lasts longer, whatever the vendor says. */
export const MAX_COOLDOWN_MS = 7 * 24 * 3_600_000;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** Why an account rests, and for how long. */
export const COOLDOWN_RULES = {
  /** Too many requests. */
  throttled: { strength: 'hard', durationMs: SECOND_MS, growsToMs: 30 * MINUTE_MS, honoursHint: true },
  /** No credit or quota left: it comes back with a payment or a new period, not with patience. */
  exhausted: { strength: 'hard', durationMs: 30 * MINUTE_MS, honoursHint: true },
  /**
   * The credential is refused. Short enough that a repaired account is back while the operator still watches; a provider that
   * knows better, as of an account that is locked, says so.
   */
  unauthorised: { strength: 'hard', durationMs: 5 * MINUTE_MS, honoursHint: true },
  /** The vendor does not have the model for this account. Short: models are switched on, and asking costs one refused call. */
  modelMissing: { strength: 'hard', durationMs: 5 * MINUTE_MS, honoursHint: false },
  /** The vendor fails or has no capacity. */
  faulty: { strength: 'soft', durationMs: 15 * SECOND_MS, honoursHint: true },
  /** The vendor cannot be reached. */
  unreachable: { strength: 'soft', durationMs: 10 * SECOND_MS, honoursHint: false },
} as const satisfies Record<string, CooldownRule>;

const RULE_OF_KIND: Partial<Record<GatewayErrorKind, CooldownRule>> = {
  upstream_rate_limited: COOLDOWN_RULES.throttled,
  upstream_quota_exhausted: COOLDOWN_RULES.exhausted,
  upstream_auth_failed: COOLDOWN_RULES.unauthorised,
  upstream_not_found: COOLDOWN_RULES.modelMissing,
  upstream_invalid_request: COOLDOWN_RULES.modelMissing,
  upstream_unreachable: COOLDOWN_RULES.unreachable,
};

/** The rule for a failed attempt; undefined = nobody rests, because the request was at fault. */
export function cooldownRule(failure: UpstreamFailure): CooldownRule | undefined {
  if (failure.blame === 'request') return undefined;
  if (failure.blame === 'network') return COOLDOWN_RULES.unreachable;
  const rule = RULE_OF_KIND[failure.error.kind] ?? COOLDOWN_RULES.faulty;
  const isModelAtFault = failure.blame === 'model';
  return rule === COOLDOWN_RULES.modelMissing && !isModelAtFault ? COOLDOWN_RULES.faulty : rule;
}
