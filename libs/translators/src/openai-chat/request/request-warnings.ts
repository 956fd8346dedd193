import type { CanonicalRequest, Extensions, TranslationWarning } from '@sluice/core';
import { FORMAT } from '../carried.js';

/** Places that one aggregated warning names; the rest is counted. */
const MAX_NAMED = 8;

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

  /** Members that only another format has: those of the request by name, those of blocks and tools by number. */
  foreignMembers({ extensions, messages, tools }: CanonicalRequest): void {
    for (const [format, members] of foreignBags(extensions)) {
      const names = Object.keys(members ?? {});
      const shown = names.slice(0, MAX_NAMED).join(', ');
      this.dropped('', `${names.length} members that only ${format} has were left out: ${shown}.`);
    }
    const nodes = [...messages.flatMap(({ content }) => content), ...tools.filter((tool) => tool.kind === 'function')];
    const foreign = nodes.filter((node) => foreignBags(node.extensions).length > 0).length;
    if (foreign > 0)
      this.dropped('', `Members of ${foreign} blocks or tools that only another format has were left out.`);
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

function foreignBags(extensions: Extensions | undefined): [string, Extensions[string]][] {
  return Object.entries(extensions ?? {}).filter(([format]) => format !== FORMAT);
}
