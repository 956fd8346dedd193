import type { JsonObject, JsonValue, Usage } from '@sluice/core';
import { countMember, restoreMembers } from '@sluice/translator-kit';

/**
 * Usage in OpenAI's convention: the prompt includes what was read from and written to the cache, the completion includes
 * reasoning. Only what was reported is told; what a vendor of this format said besides is kept.
 */
export function encodeUsage(usage: Usage): JsonObject {
  const { input = 0, output = 0, raw } = usage;
  const own = raw !== undefined && countMember(raw, 'prompt_tokens') !== undefined ? raw : undefined;
  const prompt = reported({
    cached_tokens: usage.cacheRead,
    audio_tokens: usage.audioInput,
    cache_write_tokens: sum(usage.cacheWrite5m, usage.cacheWrite1h),
  });
  const completion = reported({ reasoning_tokens: usage.reasoning, audio_tokens: usage.audioOutput });
  return restoreMembers(
    {
      prompt_tokens: input,
      completion_tokens: output,
      total_tokens: countMember(own, 'total_tokens') ?? input + output,
      ...(prompt !== undefined && { prompt_tokens_details: prompt }),
      ...(completion !== undefined && { completion_tokens_details: completion }),
    },
    own,
  );
}

function sum(first: number | undefined, second: number | undefined): number | undefined {
  return first === undefined && second === undefined ? undefined : (first ?? 0) + (second ?? 0);
}

function reported(details: Readonly<Record<string, number | undefined>>): JsonObject | undefined {
  const known: [string, JsonValue | undefined][] = Object.entries(details).filter(([, count]) => count !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known);
}
