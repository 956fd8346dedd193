import type { JsonObject, Usage } from '@sluice/core';
import { countMember, objectsMember, upstreamUsage } from '@sluice/translator-kit';

/**
 * `usage` of an answer in canonical counts; undefined when it holds none. Bedrock's `inputTokens` excludes what was read from
 * and written to the cache, so all three are added. `cacheDetails` splits the writes by lifetime; what it does not call one
 * hour is five minutes.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html
 */
export function mapUsage(raw: JsonObject): Usage | undefined {
  const uncached = countMember(raw, 'inputTokens');
  const cacheRead = countMember(raw, 'cacheReadInputTokens');
  const written = countMember(raw, 'cacheWriteInputTokens');
  const cacheWrite1h = writtenForAnHour(raw);
  return upstreamUsage(
    {
      input: uncached === undefined ? undefined : uncached + (cacheRead ?? 0) + (written ?? 0),
      output: countMember(raw, 'outputTokens'),
      cacheRead,
      cacheWrite5m: written === undefined ? undefined : Math.max(0, written - (cacheWrite1h ?? 0)),
      cacheWrite1h,
    },
    raw,
  );
}

function writtenForAnHour(raw: JsonObject): number | undefined {
  const detail = objectsMember(raw, 'cacheDetails').find(({ ttl }) => ttl === '1h');
  return countMember(detail, 'inputTokens');
}
