import type { GatewayError, UpstreamFailure } from '@sluice/core';
import { type CooldownRule, cooldownRule, type CooldownStrength, MAX_COOLDOWN_MS } from './cooldown-rule.js';

/** How many models of one account are remembered. Beyond it the one whose rest ends first is forgotten. */
export const MAX_MODEL_COOLDOWNS = 256;
/** How long after its end a cooldown still counts as the previous failure in a row, if no success came between. */
export const COOLDOWN_MEMORY_MS = 30 * 60_000;

/** Counting further would change nothing: the longest rest is reached long before. */
const MAX_THROTTLINGS = 30;

/** `told`: a passing fault, but the vendor said when to come back. */
export type RestKind = CooldownStrength | 'told';

/** One rest. Times in milliseconds since the epoch. */
export interface Cooldown {
  readonly strength: CooldownStrength;
  /** Whether the vendor named the time. */
  readonly isTold: boolean;
  readonly untilMs: number;
  /** What the vendor said. */
  readonly cause: GatewayError;
  /** How many throttlings without a hint came in a row. */
  readonly throttlings: number;
  readonly notedAtMs: number;
}

/** An account that was leased for a call, and the call failed. */
export interface FailedLease {
  readonly model: string;
  readonly failure: UpstreamFailure;
  /** When the call was begun. */
  readonly leasedAtMs: number;
  /** When it failed. */
  readonly nowMs: number;
}

/**
 * The rests of one account: one for the account as a whole, and one per model. A failure that is blamed on the account or on
 * the network rests the account; one that is blamed on the model or on the provider rests this model only.
 */
export class CooldownBook {
  #account: Cooldown | undefined;
  readonly #models = new Map<string, Cooldown>();

  /** The rest that decides for a model now: the hard one that ends last, else a soft one, else undefined. */
  find(model: string, nowMs: number): Cooldown | undefined {
    const account = activeAt(this.#account, nowMs);
    const own = this.#models.size === 0 ? undefined : activeAt(this.#models.get(model), nowMs);
    return account === undefined || own === undefined ? (account ?? own) : stricter(account, own);
  }

  /** When the last rest of a kind ends that holds for a model; in the past = there is none. */
  endMs(model: string, kind: RestKind): number {
    const own = this.#models.size === 0 ? undefined : this.#models.get(model);
    return Math.max(endOf(this.#account, kind), endOf(own, kind));
  }

  /** Notes what a failed attempt means. Attempts that were under way together count as one failure. */
  note(attempt: FailedLease): void {
    const { failure, model } = attempt;
    const rule = cooldownRule(failure);
    if (rule === undefined) return;
    if (failure.blame === 'account' || failure.blame === 'network') {
      this.#account = next(this.#account, rule, attempt);
      return;
    }
    this.#put(model, next(this.#models.get(model), rule, attempt), attempt.nowMs);
  }

  /**
   * An attempt succeeded that was begun at `leasedAtMs`: what was noted before that is over.
   * @returns whether anything was
   */
  clear(model: string, leasedAtMs: number): boolean {
    const isAccountOver = isOver(this.#account, leasedAtMs);
    if (isAccountOver) this.#account = undefined;
    const own = this.#models.size === 0 ? undefined : this.#models.get(model);
    if (!isOver(own, leasedAtMs)) return isAccountOver;
    return this.#models.delete(model);
  }

  /** The rest of the account as a whole; undefined = it does not rest. */
  restOfAccount(nowMs: number): Cooldown | undefined {
    return activeAt(this.#account, nowMs);
  }

  /** The models that rest by themselves, those first that rested first. At most `MAX_MODEL_COOLDOWNS`. */
  restsOfModels(nowMs: number): ReadonlyMap<string, Cooldown> {
    return new Map([...this.#models].filter(([, { untilMs }]) => untilMs > nowMs));
  }

  /** Puts back a rest that was kept. One that decides over it stays. @param model undefined = the account as a whole */
  restore(model: string | undefined, cooldown: Cooldown, nowMs: number): void {
    const running = activeAt(model === undefined ? this.#account : this.#models.get(model), nowMs);
    const rest = running === undefined ? cooldown : stricter(running, cooldown);
    if (model === undefined) this.#account = rest;
    else this.#put(model, rest, nowMs);
  }

  /** Every rest is over, and none came before. */
  forget(): void {
    this.#account = undefined;
    this.#models.clear();
  }

  #put(model: string, cooldown: Cooldown, nowMs: number): void {
    this.#models.delete(model);
    this.#makeRoom(nowMs);
    this.#models.set(model, cooldown);
  }

  #makeRoom(nowMs: number): void {
    if (this.#models.size < MAX_MODEL_COOLDOWNS) return;
    let first: string | undefined;
    let firstUntilMs = Infinity;
    for (const [model, { untilMs }] of this.#models) {
      if (untilMs + COOLDOWN_MEMORY_MS <= nowMs) this.#models.delete(model);
      else if (untilMs < firstUntilMs) [first, firstUntilMs] = [model, untilMs];
    }
    if (this.#models.size >= MAX_MODEL_COOLDOWNS && first !== undefined) this.#models.delete(first);
  }
}

function activeAt(cooldown: Cooldown | undefined, nowMs: number): Cooldown | undefined {
  return cooldown !== undefined && cooldown.untilMs > nowMs ? cooldown : undefined;
}

/** A call that was begun in the same millisecond may have been begun before the failure: it says nothing. */
function isOver(cooldown: Cooldown | undefined, leasedAtMs: number): boolean {
  return cooldown !== undefined && cooldown.notedAtMs < leasedAtMs;
}

function endOf(cooldown: Cooldown | undefined, kind: RestKind): number {
  if (cooldown === undefined) return 0;
  const { strength, isTold, untilMs } = cooldown;
  return kind === (strength === 'soft' && isTold ? 'told' : strength) ? untilMs : 0;
}

function stricter(one: Cooldown, other: Cooldown): Cooldown {
  if (one.strength !== other.strength) return one.strength === 'hard' ? one : other;
  return one.untilMs >= other.untilMs ? one : other;
}

function next(previous: Cooldown | undefined, rule: CooldownRule, attempt: FailedLease): Cooldown {
  const { failure, nowMs } = attempt;
  const last = previous !== undefined && previous.untilMs + COOLDOWN_MEMORY_MS > nowMs ? previous : undefined;
  const hintMs = rule.honoursHint ? failure.retryAfterMs : undefined;
  const isGuess = rule.growsToMs !== undefined && hintMs === undefined;
  const throttlings = isGuess ? countThrottling(last, attempt) : (last?.throttlings ?? 0);
  const guessMs = isGuess ? Math.min(rule.durationMs * 2 ** (throttlings - 1), rule.growsToMs) : rule.durationMs;
  const cooldown: Cooldown = {
    strength: rule.strength,
    isTold: hintMs !== undefined,
    untilMs: nowMs + Math.min(Math.max(hintMs ?? guessMs, 0), MAX_COOLDOWN_MS),
    cause: failure.error,
    throttlings,
    notedAtMs: nowMs,
  };
  const running = activeAt(last, nowMs);
  return running === undefined ? cooldown : { ...stricter(running, cooldown), throttlings, notedAtMs: nowMs };
}

/** A call that was under way when the last failure was noted says nothing new. */
function countThrottling(last: Cooldown | undefined, { leasedAtMs }: FailedLease): number {
  if (last === undefined) return 1;
  if (leasedAtMs <= last.notedAtMs) return Math.max(last.throttlings, 1);
  return Math.min(last.throttlings + 1, MAX_THROTTLINGS);
}
