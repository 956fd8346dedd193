import type { ContentBlock, Message } from '@sluice/core';

/** Images that one request may have. */
export const MAX_IMAGES = 20;

/** Lets the latest images of a request pass; of a longer list the earliest stay out. */
export class ImageQuota {
  #surplus: number;

  constructor(messages: readonly Message[]) {
    const counts = messages.map(({ role, content }) => (role === 'user' ? countImages(content) : 0));
    this.#surplus = counts.reduce((sum, count) => sum + count, 0) - MAX_IMAGES;
  }

  /** Whether the next image, in the order of the request, may be sent. */
  admit(): boolean {
    this.#surplus -= 1;
    return this.#surplus < 0;
  }
}

function countImages(content: readonly ContentBlock[]): number {
  return content.reduce((sum, block) => {
    if (block.type === 'tool-result') return sum + countImages(block.content);
    return block.type === 'image' ? sum + 1 : sum;
  }, 0);
}
