import type { CanonicalRequest, FinishReason, GatewayError } from '@sluice/core';
import { objectMember, settleFinishReason, textMember, upstreamError } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';

/** DeepSeek's word for "no capacity left" in the middle of an answer. */
const OUT_OF_CAPACITY = 'insufficient_system_resource';
const DEFAULT_AUDIO_FORMAT = 'wav';

/** What an answer really held. */
export interface AnswerFacts {
  readonly toolCalls: number;
  readonly hasText: boolean;
  readonly hasRefusal: boolean;
}

/** The finish reason that fits the answer. OpenAI says `stop` after a refusal. */
export function settleAnswer(reported: FinishReason, { toolCalls, hasText, hasRefusal }: AnswerFacts): FinishReason {
  const settled = settleFinishReason({ reported, toolCalls });
  return settled.unified === 'stop' && hasRefusal && !hasText ? { ...settled, unified: 'refusal' } : settled;
}

/** The failure that a finish reason stands for; undefined when the answer ended as answers do. */
export function failureOf({ unified, raw }: FinishReason): GatewayError | undefined {
  if (unified !== 'error') return undefined;
  const isOutOfCapacity = raw === OUT_OF_CAPACITY;
  return upstreamError({
    kind: isOutOfCapacity ? 'upstream_overloaded' : 'upstream_error',
    status: isOutOfCapacity ? 503 : 502,
    words: { message: `The vendor broke its answer off with the finish reason "${raw ?? 'error'}".` },
  });
}

/** The format in which the client asked for audio. */
export function audioFormatWanted(request: CanonicalRequest): string {
  return textMember(objectMember(carriedBy(request), 'audio'), 'format') ?? DEFAULT_AUDIO_FORMAT;
}
