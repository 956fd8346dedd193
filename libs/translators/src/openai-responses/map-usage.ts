import type { JsonObject, Usage } from '@sluice/core';
import { countMember, objectMember, upstreamUsage } from '@sluice/translator-kit';

/**
 * `usage` of a response in canonical counts; undefined when it holds none. `input_tokens` includes what was read from and
 * written to the cache, `output_tokens` includes reasoning.
 * @see https://platform.openai.com/docs/api-reference/responses/object
 */
export function mapUsage(raw: JsonObject): Usage | undefined {
  const input = objectMember(raw, 'input_tokens_details');
  const output = objectMember(raw, 'output_tokens_details');
  return upstreamUsage(
    {
      input: countMember(raw, 'input_tokens'),
      output: countMember(raw, 'output_tokens'),
      cacheRead: countMember(input, 'cached_tokens'),
      cacheWrite5m: countMember(input, 'cache_write_tokens'),
      reasoning: countMember(output, 'reasoning_tokens'),
      audioInput: countMember(input, 'audio_tokens'),
      audioOutput: countMember(output, 'audio_tokens'),
    },
    raw,
  );
}
