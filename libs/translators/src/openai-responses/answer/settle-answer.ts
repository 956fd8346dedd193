import type { FinishReason } from '@sluice/core';
import { settleFinishReason } from '@sluice/translator-kit';

/** What an answer really held. */
export interface AnswerFacts {
  readonly toolCalls: number;
  readonly hasText: boolean;
  readonly hasRefusal: boolean;
}

/** The finish reason that fits the answer: OpenAI says `completed` after calls, and after a refusal. */
export function settleAnswer(reported: FinishReason, { toolCalls, hasText, hasRefusal }: AnswerFacts): FinishReason {
  const settled = settleFinishReason({ reported, toolCalls });
  return settled.unified === 'stop' && hasRefusal && !hasText ? { ...settled, unified: 'refusal' } : settled;
}
