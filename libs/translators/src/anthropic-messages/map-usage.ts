import type { JsonObject, JsonValue, Usage } from '@sluice/core';
import { countMember, objectMember, upstreamUsage } from '@sluice/translator-kit';

/**
 * `usage` of a message in canonical counts; undefined when it holds none. Anthropic's `input_tokens` excludes what was
 * read from and written to the cache, so all three are added.
 * @see https://platform.claude.com/docs/en/build-with-claude/prompt-caching
 */
export function mapUsage(raw: JsonObject): Usage | undefined {
  const uncached = countMember(raw, 'input_tokens');
  const cacheRead = countMember(raw, 'cache_read_input_tokens');
  const { written, cacheWrite5m, cacheWrite1h } = cacheWrites(raw);
  return upstreamUsage(
    {
      input: uncached === undefined ? undefined : uncached + (cacheRead ?? 0) + written,
      output: countMember(raw, 'output_tokens'),
      cacheRead,
      cacheWrite5m,
      cacheWrite1h,
      reasoning: countMember(objectMember(raw, 'output_tokens_details'), 'thinking_tokens'),
    },
    raw,
  );
}

/**
 * Usage as it stands after a `message_delta`: each of its members that is not null replaces the one of `message_start`
 * (recorded: input 2037 → 15665 with server tools); what it leaves out stays.
 */
export function mergeUsage(start: JsonObject | undefined, delta: JsonObject): JsonObject {
  if (start === undefined) return delta;
  const merged: Record<string, JsonValue | undefined> = { ...start };
  for (const [name, value] of Object.entries(delta)) if (value !== null) merged[name] = value;
  return merged;
}

interface CacheWrites {
  readonly written: number;
  readonly cacheWrite5m: number | undefined;
  readonly cacheWrite1h: number | undefined;
}

/**
 * The total counts; its split by lifetime stands only in `message_start`, so what the split does not call one hour is
 * five minutes, the default.
 */
function cacheWrites(raw: JsonObject): CacheWrites {
  const split = objectMember(raw, 'cache_creation');
  const total = countMember(raw, 'cache_creation_input_tokens');
  const cacheWrite1h = countMember(split, 'ephemeral_1h_input_tokens');
  const cacheWrite5m =
    total === undefined ? countMember(split, 'ephemeral_5m_input_tokens') : Math.max(0, total - (cacheWrite1h ?? 0));
  return { written: total ?? (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0), cacheWrite5m, cacheWrite1h };
}
