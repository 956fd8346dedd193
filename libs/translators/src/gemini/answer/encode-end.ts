import type { FinishReason, JsonObject, Usage } from '@sluice/core';
import { nestedMember, objectMember, objectsMember, restoreMembers, textMember } from '@sluice/translator-kit';
import { without } from '../carried.js';
import { encodeStopReason } from '../map-stop-reason.js';
import { encodeUsage } from '../map-usage.js';
import { CANDIDATE_REST } from './answer-rest.js';
import { groundingOf } from './citations.js';

/** Other formats say `stop` behind a refusal. */
const REFUSED: FinishReason = { unified: 'refusal' };

export interface AnswerEnd {
  readonly parts: readonly JsonObject[];
  readonly citations: readonly JsonObject[];
  /** Why the model would not. It is said as text, too, where no text came before it. */
  readonly refusal: string;
  readonly finishReason: FinishReason;
  readonly usage: Usage | undefined;
  /** What the answer carries for this format. */
  readonly carried: JsonObject | undefined;
  readonly id: string;
  readonly model: string;
  /** Whether the model said anything. */
  readonly isEmpty: boolean;
}

/** A whole answer, or the last chunk of a streamed one. A prompt that was blocked has no candidate. */
export function encodeEnd({
  parts,
  citations,
  refusal,
  finishReason,
  usage,
  carried,
  id,
  model,
  isEmpty,
}: AnswerEnd): JsonObject {
  const blockReason = textMember(objectMember(carried, 'promptFeedback'), 'blockReason');
  const isBlocked = isEmpty && blockReason !== undefined && blockReason === finishReason.raw;
  const isRefused = refusal !== '' && finishReason.unified === 'stop';
  const others = objectsMember(carried, 'candidates');
  const own = objectMember(carried, CANDIDATE_REST);
  const candidate = restoreMembers(
    {
      content: { parts, role: 'model' },
      finishReason: textMember(own, 'finishReason') ?? encodeStopReason(isRefused ? REFUSED : finishReason),
      index: 0,
      ...(refusal !== '' && own?.['finishMessage'] === undefined && { finishMessage: refusal }),
      ...(own?.['groundingMetadata'] === undefined &&
        own?.['citationMetadata'] === undefined &&
        nestedMember('groundingMetadata', groundingOf(citations))),
    },
    own,
  );
  return {
    ...(isBlocked
      ? carried?.['candidates'] !== undefined && { candidates: others }
      : { candidates: [candidate, ...others] }),
    ...(usage !== undefined && { usageMetadata: encodeUsage(usage) }),
    modelVersion: model,
    ...(id !== '' && { responseId: id }),
    ...without(carried, [CANDIDATE_REST, 'candidates']),
  };
}
