import type { FinishReason, JsonObject } from '@sluice/core';
import { countMember } from '@sluice/translator-kit';
import { mapStopReason } from './map-stop-reason.js';

/** More answers than any vendor gives to one request (`n`); further ones are not watched. */
const MAX_CHOICES = 128;

/** Which of the seen choices have ended, and why. An answer has ended when all of them have. */
export class ChoiceFinishes {
  readonly #reasons = new Map<number, FinishReason | undefined>();
  #isTold = false;

  /** Takes note of the choices of one chunk or answer. */
  see(choices: readonly JsonObject[]): void {
    for (const choice of choices) {
      const index = countMember(choice, 'index') ?? 0;
      if (this.#reasons.size >= MAX_CHOICES && !this.#reasons.has(index)) continue;
      this.#reasons.set(index, this.#reasons.get(index) ?? mapStopReason(choice['finish_reason']));
    }
  }

  /** The first choice's reason, once, as soon as every choice has one; else undefined. */
  take(): FinishReason | undefined {
    if (this.#isTold || this.#reasons.size === 0) return undefined;
    const reasons = [...this.#reasons.values()];
    if (reasons.includes(undefined)) return undefined;
    this.#isTold = true;
    return reasons[0];
  }
}
