import type { ContentBlock } from '@sluice/core';

/** Proofs of calls in front of them: at reasoning without a proof that stands there, else at reasoning without words. */
export function proofsBeforeCalls(content: readonly ContentBlock[]): readonly ContentBlock[] {
  const moved: ContentBlock[] = [];
  for (const block of content) {
    if (block.type !== 'tool-call' || block.signature === undefined) {
      moved.push(block);
      continue;
    }
    const { signature, ...call } = block;
    const last = moved.at(-1);
    if (last?.type === 'reasoning' && last.signature === undefined) moved.splice(-1, 1, { ...last, signature }, call);
    else moved.push({ type: 'reasoning', text: '', signature }, call);
  }
  return moved;
}
