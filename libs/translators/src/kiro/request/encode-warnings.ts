import type { TranslationWarning } from '@sluice/core';

/** More are not kept: a long history repeats itself, and every one is logged. */
export const MAX_WARNINGS = 64;

/** What could not be said, in the order in which it was found. Repeated sentences are kept once, at their first place. */
export class EncodeWarnings {
  readonly #byMessage = new Map<string, TranslationWarning>();

  /** @param path JSON pointer into the canonical request */
  add(path: string, effect: TranslationWarning['effect'], message: string): void {
    if (this.#byMessage.has(message) || this.#byMessage.size >= MAX_WARNINGS) return;
    this.#byMessage.set(message, { path, effect, message });
  }

  list(): readonly TranslationWarning[] {
    return [...this.#byMessage.values()];
  }
}
