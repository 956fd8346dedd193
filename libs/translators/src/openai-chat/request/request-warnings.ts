import type { TranslationWarning } from '@sluice/core';

/** Collects what a request could not say in this format. What may stand at many nodes is told once. */
export class RequestWarnings {
  readonly #warnings: TranslationWarning[] = [];
  #cacheMarkers = 0;
  #signatures = 0;

  dropped(path: string, message: string): void {
    this.#warnings.push({ path, effect: 'dropped', message });
  }

  changed(path: string, message: string): void {
    this.#warnings.push({ path, effect: 'changed', message });
  }

  approximated(path: string, message: string): void {
    this.#warnings.push({ path, effect: 'approximated', message });
  }

  cacheMarker(): void {
    this.#cacheMarkers += 1;
  }

  signature(): void {
    this.#signatures += 1;
  }

  list(): readonly TranslationWarning[] {
    const list = [...this.#warnings];
    if (this.#cacheMarkers > 0) {
      list.push({
        path: '/messages',
        effect: 'dropped',
        message: `${this.#cacheMarkers} cache markers were left out: this vendor caches prompts by itself or not at all.`,
      });
    }
    if (this.#signatures > 0) {
      list.push({
        path: '/messages',
        effect: 'dropped',
        message: `${this.#signatures} signatures of another vendor's reasoning were left out.`,
      });
    }
    return list;
  }
}
