import { GatewayError, type GatewayErrorKind } from '@sluice/core';
import type { AccountState } from '../account-state.js';
import type { Cooldown } from '../cooldown-book.js';
import { MAX_COOLDOWN_MS } from '../cooldown-rule.js';

/** What ends sooner is not kept: a restart takes about as long. */
export const MIN_KEPT_MS = 10_000;
/** Of what a vendor said; the rest is cut off. In characters. */
export const MAX_KEPT_MESSAGE_LENGTH = 500;

interface KeptFor {
  /** The account's id and a digest of its settings and credential, as the pool knows it. */
  readonly account: string;
  /** Absent = the account as a whole. */
  readonly model?: string;
  /** Milliseconds since the epoch. */
  readonly untilMs: number;
}

/** A hard rest. */
export interface KeptRest extends KeptFor {
  readonly type: 'rest';
  /** Whether the vendor named the time. */
  readonly isTold: boolean;
  /** How many throttlings without a hint came in a row. */
  readonly throttlings: number;
  readonly notedAtMs: number;
  readonly kind: GatewayErrorKind;
  /** What the vendor said, without secrets. */
  readonly message: string;
  /** The vendor's HTTP status; absent = it gave none. */
  readonly status?: number;
}

/** A limit that its vendor reported as nearly used up. */
export interface KeptLowLimit extends KeptFor {
  readonly type: 'low';
}

/** One rest or low limit of an account, in a form that outlives the process. Holds no secret. */
export type KeptCooldown = KeptRest | KeptLowLimit;

/** What of an account is worth keeping: hard rests and low limits that do not end soon. */
export function cooldownsToKeep(account: string, state: AccountState, nowMs: number): readonly KeptCooldown[] {
  const { cooldowns, lowLimits } = state;
  const whole = cooldowns.restOfAccount(nowMs);
  const rests = [
    ...(whole === undefined ? [] : [keptRest({ account }, whole)]),
    ...Array.from(cooldowns.restsOfModels(nowMs), ([model, rest]) => keptRest({ account, model }, rest)),
  ];
  const low: KeptLowLimit[] = [
    { type: 'low', account, untilMs: lowLimits.accountUntilMs },
    ...Array.from(lowLimits.models(nowMs), ([model, untilMs]) => ({ type: 'low' as const, account, model, untilMs })),
  ];
  return [...rests.flatMap((rest) => rest ?? []), ...low].filter(({ untilMs }) => untilMs - nowMs > MIN_KEPT_MS);
}

/**
 * Undefined for a passing fault, and for a refused credential whose rest is a guess: whoever has just logged in again, and so
 * starts the gateway anew, does not wait for it.
 */
function keptRest(whose: { readonly account: string; readonly model?: string }, rest: Cooldown): KeptRest | undefined {
  const { strength, isTold, untilMs, throttlings, notedAtMs, cause } = rest;
  const isRefusedLogin = cause.kind === 'upstream_auth_failed' && !isTold;
  if (strength === 'soft' || isRefusedLogin) return undefined;
  const message = cause.message.slice(0, MAX_KEPT_MESSAGE_LENGTH);
  const status = cause.upstream?.status;
  const said = { kind: cause.kind, message, ...(status !== undefined && { status }) };
  return { type: 'rest', ...whose, untilMs, isTold, throttlings, notedAtMs, ...said };
}

/** Puts back what was kept. No clock that was wrong makes it last longer than it ever may. */
export function restoreCooldown(state: AccountState, kept: KeptCooldown, nowMs: number): void {
  const untilMs = Math.min(kept.untilMs, nowMs + MAX_COOLDOWN_MS);
  if (kept.type === 'low') {
    const scope = kept.model === undefined ? 'account' : 'model';
    state.lowLimits.note(kept.model ?? '', { scope, resetAfterMs: untilMs - nowMs }, nowMs);
    return;
  }
  const { isTold, throttlings, kind, message, status } = kept;
  const upstream = status === undefined ? {} : { upstream: { status, message } };
  const cause = new GatewayError({ kind, message, ...upstream });
  const notedAtMs = Math.min(kept.notedAtMs, nowMs);
  state.cooldowns.restore(kept.model, { strength: 'hard', isTold, untilMs, cause, throttlings, notedAtMs }, nowMs);
}
