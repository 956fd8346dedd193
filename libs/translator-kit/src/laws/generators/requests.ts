import fc from 'fast-check';
import type { CanonicalRequest, ContentBlock, Message, Tool, ToolCallBlock } from '@sluice/core';
import { imageBlocks, reasoningBlocks, textBlocks, toolCallBlocks } from './blocks.js';
import { identifiers, jsonObjects, visibleTexts } from './texts.js';

/** One turn of a conversation: what the user says, what the model answers, and the results of the tools it called. */
interface Round {
  readonly ask: readonly ContentBlock[];
  readonly reasoning: ContentBlock | undefined;
  readonly answer: ContentBlock | undefined;
  readonly calls: readonly ToolCallBlock[];
  readonly results: readonly string[];
}

const rounds: fc.Arbitrary<Round> = fc.record({
  ask: fc.tuple(textBlocks, fc.array(imageBlocks, { maxLength: 1 })).map(([text, images]) => [text, ...images]),
  reasoning: fc.option(reasoningBlocks, { nil: undefined, freq: 2 }),
  answer: fc.option(textBlocks, { nil: undefined }),
  calls: fc.array(toolCallBlocks, { maxLength: 2 }),
  results: fc.array(visibleTexts, { minLength: 2, maxLength: 2 }),
});

const tools: fc.Arbitrary<readonly Tool[]> = fc.uniqueArray(
  fc.record({
    kind: fc.constant('function' as const),
    name: identifiers,
    description: visibleTexts,
    parameters: jsonObjects.map((properties) => ({
      type: 'object',
      properties: Object.fromEntries(Object.keys(properties).map((name) => [name, { type: 'string' }])),
    })),
  }),
  { maxLength: 3, selector: ({ name }) => name },
);

/**
 * Requests that vendors would accept: a system prompt, rounds in which every tool call has its result directly after it, a
 * last question, tools, some sampling.
 */
export const requests: fc.Arbitrary<CanonicalRequest> = fc
  .record({
    system: fc.option(textBlocks, { nil: undefined }),
    rounds: fc.array(rounds, { maxLength: 3 }),
    question: textBlocks,
    tools,
    stream: fc.boolean(),
    maxOutputTokens: fc.integer({ min: 1, max: 64_000 }),
    temperature: fc.option(fc.constantFrom(0, 0.5, 1), { nil: undefined }),
    stop: fc.option(fc.array(identifiers, { minLength: 1, maxLength: 2 }), { nil: undefined }),
  })
  .map(({ system, rounds: turns, question, tools: offered, stream, maxOutputTokens, temperature, stop }) => ({
    model: 'model-1',
    stream,
    messages: [
      ...(system === undefined ? [] : [{ role: 'system' as const, content: [system] }]),
      ...turns.flatMap(messagesOf),
      { role: 'user' as const, content: [question] },
    ],
    tools: offered,
    sampling: {
      maxOutputTokens,
      ...(temperature !== undefined && { temperature }),
      ...(stop !== undefined && { stop }),
    },
  }));

function messagesOf({ ask, reasoning, answer, calls, results }: Round, position: number): readonly Message[] {
  const distinct = calls.map((call, at) => ({ ...call, id: `${call.id}_${position}_${at}` }));
  const said = [reasoning, answer, ...distinct].filter((block) => block !== undefined);
  const user: Message = { role: 'user', content: ask };
  if (answer === undefined && distinct.length === 0) return [user];
  const answered = distinct.map((call, at): ContentBlock => ({
    type: 'tool-result',
    callId: call.id,
    content: [{ type: 'text', text: results[at] ?? 'done' }],
  }));
  return [
    user,
    { role: 'assistant', content: said },
    ...(answered.length > 0 ? [{ role: 'user' as const, content: answered }] : []),
  ];
}
