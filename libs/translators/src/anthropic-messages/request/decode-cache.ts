import { isJsonObject, type CacheMarker, type JsonObject } from '@sluice/core';

export interface DecodedCache {
  readonly cache?: CacheMarker;
  /** Whether the marker says everything that stood there; if not, the member also travels as it is. */
  readonly isComplete: boolean;
}

/** `cache_control` of a block or a tool. @see https://platform.claude.com/docs/en/build-with-claude/prompt-caching */
export function decodeCache(node: JsonObject): DecodedCache {
  const control = node['cache_control'];
  if (!isJsonObject(control)) return { isComplete: false };
  const { type, ttl, ...more } = control;
  const hasKnownTtl = ttl === '5m' || ttl === '1h';
  return {
    cache: hasKnownTtl ? { ttl } : {},
    isComplete: type === 'ephemeral' && (ttl === undefined || hasKnownTtl) && Object.keys(more).length === 0,
  };
}
