import type { CanonicalEvent } from '@sluice/core';

/** Whether an event carries content or ends the answer: from here there is no retry. */
export function commits(event: CanonicalEvent): boolean {
  switch (event.type) {
    case 'block-delta':
      return event.delta !== '';
    case 'block-start':
      return event.block.type === 'tool-call' || event.block.type === 'server-tool';
    case 'block-mark':
    case 'response-end':
      return true;
    default:
      return false;
  }
}
