import type { JsonObject, JsonValue, ReasoningBlock } from '@sluice/core';
import { carriedBy } from '../carried.js';

const DEFAULT_MEMBER = 'reasoning_content';

/** The visible reasoning of an answer in the spelling of its vendor, else in the one that most clients read. */
export function encodeReasoning(blocks: readonly ReasoningBlock[]): JsonObject {
  const text = blocks.map((block) => block.text).join('');
  const details = blocks.flatMap((block) => detailsOf(block));
  const member = blocks.map(reasoningMember).find((name) => name !== undefined) ?? DEFAULT_MEMBER;
  return {
    ...(text !== '' && member !== 'reasoning_details' && { [member]: text }),
    ...(details.length > 0 && { reasoning_details: details }),
  };
}

/** How a vendor of this format spelled its reasoning; undefined = as most do. */
export function reasoningMember(block: Pick<ReasoningBlock, 'extensions'>): string | undefined {
  const member = carriedBy(block)?.['reasoning_member'];
  return typeof member === 'string' ? member : undefined;
}

function detailsOf(block: ReasoningBlock): readonly JsonValue[] {
  const details = carriedBy(block)?.['reasoning_details'];
  return Array.isArray(details) ? details : [];
}
