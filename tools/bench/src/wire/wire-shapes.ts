import { type AnswerFormat } from './answer-format.js';
import { anthropicShape } from './shapes/anthropic-shape.js';
import { bedrockShape } from './shapes/bedrock-shape.js';
import { geminiShape } from './shapes/gemini-shape.js';
import { kiroShape } from './shapes/kiro-shape.js';
import { openAiShape } from './shapes/open-ai-shape.js';
import { responsesShape } from './shapes/responses-shape.js';
import { type WireShape } from './wire-shape.js';

/** Every format of the bench. A new one is a file in `shapes`, a line here, and its pairs in `translated-pairs.ts`. */
export const WIRE_SHAPES: Readonly<Record<AnswerFormat, WireShape>> = {
  'openai-chat': openAiShape,
  'openai-responses': responsesShape,
  'anthropic-messages': anthropicShape,
  gemini: geminiShape,
  'bedrock-converse': bedrockShape,
  kiro: kiroShape,
};

/** The format of a call to the mock; undefined for a path that no vendor has. */
export function formatOfPath(path: string): AnswerFormat | undefined {
  for (const [format, { paths }] of Object.entries(WIRE_SHAPES)) {
    if (path === paths.json || path === paths.stream) return format as AnswerFormat; // the keys are the formats
  }
  return undefined;
}
