import fc from 'fast-check';
import { argumentTexts } from './blocks.js';
import type { GeneratedCall } from './generated-stream.js';
import { identifiers, pieces, texts } from './texts.js';

/** What a model says in one answer, cut into the pieces in which it says it. */
export interface SpokenAnswer {
  readonly reasoning: readonly string[];
  readonly text: readonly string[];
  readonly calls: readonly SpokenCall[];
}

export interface SpokenCall extends GeneratedCall {
  readonly id: string;
  readonly parts: readonly string[];
}

const lengths = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 5 });
const spokenTexts = fc.tuple(texts, lengths).map(([text, cuts]) => pieces(text, cuts));

export const spokenAnswers: fc.Arbitrary<SpokenAnswer> = fc
  .record({
    reasoning: fc.oneof(fc.constant([]), spokenTexts),
    text: spokenTexts,
    calls: fc.array(fc.record({ name: identifiers, argumentsJson: argumentTexts, cuts: lengths }), { maxLength: 3 }),
  })
  .map(({ reasoning, text, calls }) => ({
    reasoning,
    text,
    calls: calls.map(({ name, argumentsJson, cuts }, position) => ({
      id: `call_${position}`,
      name,
      argumentsJson,
      parts: pieces(argumentsJson, cuts),
    })),
  }));
