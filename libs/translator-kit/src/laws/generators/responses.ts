import fc from 'fast-check';
import type { CanonicalResponse, ContentBlock } from '@sluice/core';
import { reasoningBlocks, textBlocks, toolCallBlocks } from './blocks.js';

/** Whole answers in the order in which models give them: reasoning, text, tool calls. Each format can say them. */
export const responses: fc.Arbitrary<CanonicalResponse> = fc
  .record({
    reasoning: fc.option(reasoningBlocks, { nil: undefined }),
    text: fc.option(textBlocks, { nil: undefined }),
    calls: fc.array(toolCallBlocks, { maxLength: 3 }),
    input: fc.nat({ max: 1_000_000 }),
    output: fc.nat({ max: 1_000_000 }),
  })
  .map(({ reasoning, text, calls, input, output }) => ({
    id: 'answer-1',
    model: 'model-1',
    content: [
      ...(reasoning === undefined ? [] : [reasoning]),
      ...(text === undefined ? [] : [text]),
      ...calls.map((call, position): ContentBlock => ({ ...call, id: `${call.id}_${position}` })),
    ],
    finishReason: { unified: calls.length > 0 ? 'tool-calls' : 'stop' },
    usage: { input, output, source: 'upstream' },
  }));
