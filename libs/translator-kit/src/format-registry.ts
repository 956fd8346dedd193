import type { FormatId } from '@sluice/core';
import type { WireFormat } from './wire-format.js';

/** Every format that this process knows, by id. Immutable: formats come with the program, not with its configuration. */
export class FormatRegistry {
  readonly #byId = new Map<FormatId, WireFormat>();

  /**
   * The same record may be listed twice; two records with one id may not.
   * @throws Error naming both formats when two claim one id, or naming the format that breaks the contract
   */
  constructor(formats: Iterable<WireFormat>) {
    for (const format of formats) {
      const known = this.#byId.get(format.id);
      if (known !== undefined && known !== format) {
        throw new Error(
          `format "${format.id}" is claimed twice: by "${known.displayName}" and by "${format.displayName}"`,
        );
      }
      assertComplete(format);
      this.#byId.set(format.id, format);
    }
  }

  /** All ids, sorted. */
  get ids(): readonly FormatId[] {
    return [...this.#byId.keys()].sort();
  }

  /** Undefined when nobody brought the format. */
  find(id: FormatId): WireFormat | undefined {
    return this.#byId.get(id);
  }

  /** @throws Error naming the formats that are known */
  get(id: FormatId): WireFormat {
    const format = this.#byId.get(id);
    if (format === undefined)
      throw new Error(`no format "${id}" is known; known are: ${this.ids.join(', ') || 'none'}`);
    return format;
  }
}

/** A format that can be passed through must be observable, or its usage and its failures would vanish silently. */
function assertComplete(format: WireFormat): void {
  if (format.client !== undefined && format.upstream !== undefined && format.observe === undefined) {
    throw new Error(`format "${format.id}" has both sides, so it needs "observe"`);
  }
}
