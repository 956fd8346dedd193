import type { JsonObject, Usage } from '@sluice/core';
import { countMember, objectMember } from '@sluice/translator-kit';

/**
 * `usage` of a message in canonical counts; undefined when it holds none. Anthropic's `input_tokens` excludes what was
 * read from and written to the cache, so all three are added.
 * @see https://platform.claude.com/docs/en/build-with-claude/prompt-caching
 */
export function mapUsage(raw: JsonObject): Usage | undefined {
  const uncached = countMember(raw, 'input_tokens');
  const output = countMember(raw, 'output_tokens');
  if (uncached === undefined && output === undefined) return undefined;
  const cacheRead = countMember(raw, 'cache_read_input_tokens');
  const { written, cacheWrite5m, cacheWrite1h } = cacheWrites(raw);
  const reasoning = countMember(objectMember(raw, 'output_tokens_details'), 'thinking_tokens');
  return {
    ...(uncached === undefined ? {} : { input: uncached + (cacheRead ?? 0) + written }),
    ...(output === undefined ? {} : { output }),
    ...(cacheRead === undefined ? {} : { cacheRead }),
    ...(cacheWrite5m === undefined ? {} : { cacheWrite5m }),
    ...(cacheWrite1h === undefined ? {} : { cacheWrite1h }),
    ...(reasoning === undefined ? {} : { reasoning }),
    source: 'upstream',
    raw,
  };
}

/**
 * Usage as it stands after a `message_delta`: each of its numbers that is not null replaces the one of `message_start`
 * (recorded: input 2037 → 15665 with server tools); what it leaves out stays.
 */
export function mergeUsage(start: JsonObject | undefined, delta: JsonObject): JsonObject {
  return { ...start, ...Object.fromEntries(Object.entries(delta).filter(([, value]) => value !== null)) };
}

/**
 * The total counts; its split by lifetime stands only in `message_start`, so what the split does not call one hour is
 * five minutes, the default.
 */
function cacheWrites(raw: JsonObject): { written: number; cacheWrite5m?: number; cacheWrite1h?: number } {
  const split = objectMember(raw, 'cache_creation');
  const total = countMember(raw, 'cache_creation_input_tokens');
  const oneHour = countMember(split, 'ephemeral_1h_input_tokens');
  const fiveMinutes =
    total === undefined ? countMember(split, 'ephemeral_5m_input_tokens') : Math.max(0, total - (oneHour ?? 0));
  return {
    written: total ?? (fiveMinutes ?? 0) + (oneHour ?? 0),
    ...(fiveMinutes === undefined ? {} : { cacheWrite5m: fiveMinutes }),
    ...(oneHour === undefined ? {} : { cacheWrite1h: oneHour }),
  };
}
