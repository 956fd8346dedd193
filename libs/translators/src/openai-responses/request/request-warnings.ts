import type { TranslationWarning } from '@sluice/core';

/** Collects what a request could not say in this format. What may stand at many nodes is told once. */
export class RequestWarnings {
  readonly #warnings: TranslationWarning[] = [];
  #cacheMarkers = 0;
  /** Where reasoning was left out first, and how often. */
  #reasoning: { readonly path: string; count: number } | undefined;

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

  reasoning(path: string): void {
    this.#reasoning ??= { path, count: 0 };
    this.#reasoning.count += 1;
  }

  list(): readonly TranslationWarning[] {
    const list = [...this.#warnings];
    if (this.#cacheMarkers > 0) {
      const message = `${this.#cacheMarkers} cache markers were left out: OpenAI caches prompts by itself.`;
      list.push({ path: '/messages', effect: 'dropped', message });
    }
    if (this.#reasoning !== undefined) {
      const { path, count } = this.#reasoning;
      const message = `${count} blocks of reasoning were left out: this vendor takes back only what it encrypted itself.`;
      list.push({ path, effect: 'dropped', message });
    }
    return list;
  }
}
