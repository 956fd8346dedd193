import type { FinishReason, JsonObject, Usage } from '@sluice/core';
import { countMember, objectMember, objectsMember, textMember, upstreamUsage } from '@sluice/translator-kit';

/** @see https://platform.openai.com/docs/api-reference/completions/object */
const UNIFIED: ReadonlyMap<string, FinishReason['unified']> = new Map(
  Object.entries({ stop: 'stop', length: 'length', content_filter: 'content-filter' }),
);

/** The usage of an answer or of the last chunk; undefined when it has none. */
export function usageIn(answer: JsonObject): Usage | undefined {
  const raw = objectMember(answer, 'usage');
  if (raw === undefined) return undefined;
  const cacheRead = countMember(objectMember(raw, 'prompt_tokens_details'), 'cached_tokens');
  const reasoning = countMember(objectMember(raw, 'completion_tokens_details'), 'reasoning_tokens');
  const counts = { input: countMember(raw, 'prompt_tokens'), output: countMember(raw, 'completion_tokens') };
  return upstreamUsage({ ...counts, cacheRead, reasoning }, raw);
}

/** Why the first of the given choices that has ended did. */
export function finishIn(answer: JsonObject): FinishReason | undefined {
  for (const choice of objectsMember(answer, 'choices')) {
    const raw = textMember(choice, 'finish_reason');
    if (raw !== undefined && raw !== '') return { unified: UNIFIED.get(raw) ?? 'other', raw };
  }
  return undefined;
}

/** Whether a chunk brings text. */
export function hasText(chunk: JsonObject): boolean {
  return objectsMember(chunk, 'choices').some((choice) => (textMember(choice, 'text') ?? '') !== '');
}

/** Whether a chunk has nothing but its usage for the reader. */
export function isUsageAlone(chunk: JsonObject): boolean {
  return objectsMember(chunk, 'choices').length === 0;
}
