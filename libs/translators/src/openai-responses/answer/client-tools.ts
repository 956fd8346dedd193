import type { CanonicalRequest, ToolCallBlock } from '@sluice/core';
import { carriedBy } from '../carried.js';
import { carriedSpelling, type CallSpelling } from '../items/encode-item.js';

interface ToolSpelling {
  readonly name: string;
  readonly namespace?: string;
  readonly isCustom: boolean;
}

/** How the client declared its tools, which decides how their calls are written. */
export class ClientTools {
  readonly #spellings = new Map<string, ToolSpelling>();

  /** @param request absent = nothing is known */
  constructor(request: CanonicalRequest | undefined) {
    for (const tool of request?.tools ?? []) {
      const carried = tool.kind === 'function' ? carriedBy(tool) : undefined;
      if (tool.kind !== 'function' || carried === undefined) continue;
      const { name, namespace, type } = carried;
      const isNamespaced = typeof name === 'string' && typeof namespace === 'string';
      this.#spellings.set(tool.name, {
        ...(isNamespaced ? { name, namespace } : { name: tool.name }),
        isCustom: type === 'custom',
      });
    }
  }

  /** The call in the client's words; what the call itself carries wins. */
  spell(block: Pick<ToolCallBlock, 'id' | 'name' | 'extensions'>): CallSpelling {
    const declared = this.#spellings.get(block.name) ?? { name: block.name, isCustom: false };
    return { callId: block.id, ...declared, ...carriedSpelling(block) };
  }
}
