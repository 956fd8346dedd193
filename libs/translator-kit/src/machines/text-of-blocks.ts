import type { ContentBlock } from '@sluice/core';

/**
 * The text blocks as one string, for places where a format has only that (a tool message, a system prompt).
 * @param separator between two blocks; default nothing
 */
export function textOfBlocks(blocks: readonly ContentBlock[], separator = ''): string {
  return blocks
    .filter((block) => block.type === 'text')
    .map(({ text }) => text)
    .join(separator);
}
