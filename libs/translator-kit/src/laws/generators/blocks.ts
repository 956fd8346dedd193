import fc from 'fast-check';
import type { BlockStart, MediaBlock, ReasoningBlock, TextBlock, ToolCallBlock } from '@sluice/core';
import { identifiers, jsonObjects, texts, visibleTexts } from './texts.js';

/** Arguments as models write them: an object, or nothing at all for a tool without parameters. */
export const argumentTexts: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: jsonObjects.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.constantFrom('', '{}') },
);

export const textBlocks: fc.Arbitrary<TextBlock> = fc.record({
  type: fc.constant('text' as const),
  text: visibleTexts,
});

/** Reasoning without a signature: signatures belong to a vendor and cannot be made up. */
export const reasoningBlocks: fc.Arbitrary<ReasoningBlock> = fc.record({
  type: fc.constant('reasoning' as const),
  text: visibleTexts,
});

/** The ids may repeat; `withDistinctIds` makes them differ. */
export const toolCallBlocks: fc.Arbitrary<ToolCallBlock> = fc.record({
  type: fc.constant('tool-call' as const),
  id: identifiers,
  name: identifiers,
  argumentsJson: argumentTexts,
});

/** A picture of one transparent pixel: small, and what it says it is. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

export const imageBlocks: fc.Arbitrary<MediaBlock> = fc.constantFrom<MediaBlock[]>(
  { type: 'image', mediaType: 'image/png', source: { kind: 'base64', value: PIXEL } },
  { type: 'image', source: { kind: 'url', value: 'https://images.example/a.png' } },
);

/** What may open in a stream, with the text that its deltas add up to. */
export interface StreamedBlock {
  readonly start: BlockStart;
  readonly text: string;
}

/** The blocks that every format can stream. */
export const streamedBlocks: fc.Arbitrary<StreamedBlock> = fc.oneof(
  { weight: 3, arbitrary: texts.map((text): StreamedBlock => ({ start: { type: 'text' }, text })) },
  { weight: 2, arbitrary: texts.map((text): StreamedBlock => ({ start: { type: 'reasoning' }, text })) },
  {
    weight: 3,
    arbitrary: toolCallBlocks.map(({ id, name, argumentsJson }): StreamedBlock => ({
      start: { type: 'tool-call', id, name },
      text: argumentsJson,
    })),
  },
);

/** The same blocks with the ids `<id>_0`, `<id>_1`, … */
export function withDistinctIds(blocks: readonly StreamedBlock[]): readonly StreamedBlock[] {
  return blocks.map(({ start, text }, position) =>
    start.type === 'tool-call' ? { start: { ...start, id: `${start.id}_${position}` }, text } : { start, text },
  );
}
