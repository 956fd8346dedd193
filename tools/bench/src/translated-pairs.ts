import { type AnswerFormat } from './wire/answer-format.js';
import { WIRE_SHAPES } from './wire/wire-shapes.js';

/** A client of one format whose answer comes from a vendor of another. */
export interface TranslatedPair {
  readonly client: AnswerFormat;
  readonly upstream: AnswerFormat;
}

/** The translations whose CPU per chunk is measured: each is a phase and a row. */
export const TRANSLATED_PAIRS: readonly TranslatedPair[] = [
  { client: 'openai-chat', upstream: 'anthropic-messages' },
  { client: 'anthropic-messages', upstream: 'openai-chat' },
  { client: 'openai-chat', upstream: 'kiro' },
  { client: 'anthropic-messages', upstream: 'kiro' },
  { client: 'openai-chat', upstream: 'openai-responses' },
  { client: 'openai-chat', upstream: 'gemini' },
  { client: 'anthropic-messages', upstream: 'bedrock-converse' },
];

/** `openai-kiro`: the client's side first. */
export function pairName({ client, upstream }: TranslatedPair): string {
  return `${WIRE_SHAPES[client].shortName}-${WIRE_SHAPES[upstream].shortName}`;
}

/** For people. */
export function pairTitle({ client, upstream }: TranslatedPair): string {
  return `${WIRE_SHAPES[client].displayName} client, ${WIRE_SHAPES[upstream].displayName} upstream`;
}
