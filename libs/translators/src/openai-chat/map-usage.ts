import type { JsonObject, Usage } from '@sluice/core';
import { countMember, objectMember, upstreamUsage } from '@sluice/translator-kit';

/**
 * `usage` of an answer or a chunk in canonical counts; undefined when it holds none. `prompt_tokens` includes what was
 * read from and written to the cache, `completion_tokens` includes reasoning (except xAI's, see below).
 * @see https://platform.openai.com/docs/api-reference/chat/object
 */
export function mapUsage(raw: JsonObject): Usage | undefined {
  const prompt = objectMember(raw, 'prompt_tokens_details');
  const completion = objectMember(raw, 'completion_tokens_details');
  const reasoning = countMember(completion, 'reasoning_tokens');
  return upstreamUsage(
    {
      input: countMember(raw, 'prompt_tokens'),
      output: outputOf(raw, reasoning),
      cacheRead:
        countMember(prompt, 'cached_tokens') ??
        countMember(raw, 'prompt_cache_hit_tokens') ?? // DeepSeek
        countMember(raw, 'cached_tokens'), // Moonshot
      cacheWrite5m: countMember(prompt, 'cache_write_tokens') ?? countMember(prompt, 'cached_creation_tokens'),
      reasoning,
      audioInput: countMember(prompt, 'audio_tokens'),
      audioOutput: countMember(completion, 'audio_tokens'),
    },
    raw,
  );
}

/** xAI counts reasoning beside `completion_tokens`, which shows in the total: then it is added. */
function outputOf(raw: JsonObject, reasoning: number | undefined): number | undefined {
  const completion = countMember(raw, 'completion_tokens');
  const prompt = countMember(raw, 'prompt_tokens');
  const total = countMember(raw, 'total_tokens');
  if (completion === undefined || prompt === undefined || total === undefined || !reasoning) return completion;
  return total - prompt - completion === reasoning ? completion + reasoning : completion;
}
