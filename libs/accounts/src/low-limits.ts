import type { RateLimitHint } from '@sluice/provider-kit';

/** How many models of one account are remembered; beyond it the one that was noted first is forgotten. */
export const MAX_LOW_MODELS = 64;

/** Which limits of one account its vendor has reported as nearly used up. Times in milliseconds since the epoch. */
export class LowLimits {
  #accountUntilMs = 0;
  readonly #models = new Map<string, number>();

  /** Until when the account as a whole is asked only where nobody else can; in the past = as any other. */
  get accountUntilMs(): number {
    return this.#accountUntilMs;
  }

  /** Until when a model is served only where nobody else can; in the past = as any other. */
  untilMs(model: string): number {
    const own = this.#models.size === 0 ? undefined : this.#models.get(model);
    return own === undefined ? this.#accountUntilMs : Math.max(own, this.#accountUntilMs);
  }

  note(model: string, { scope, resetAfterMs }: RateLimitHint, nowMs: number): void {
    const untilMs = nowMs + resetAfterMs;
    if (scope === 'account') {
      this.#accountUntilMs = Math.max(this.#accountUntilMs, untilMs);
      return;
    }
    const known = this.#models.get(model) ?? 0;
    this.#models.delete(model);
    if (this.#models.size >= MAX_LOW_MODELS) this.#forgetFirst();
    this.#models.set(model, Math.max(known, untilMs));
  }

  /** The models that run low by themselves, and until when. At most `MAX_LOW_MODELS`. */
  models(nowMs: number): ReadonlyMap<string, number> {
    return new Map([...this.#models].filter(([, untilMs]) => untilMs > nowMs));
  }

  forget(): void {
    this.#accountUntilMs = 0;
    this.#models.clear();
  }

  #forgetFirst(): void {
    const first = this.#models.keys().next();
    if (first.done !== true) this.#models.delete(first.value);
  }
}
