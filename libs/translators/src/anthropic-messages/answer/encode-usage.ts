import type { JsonObject, Usage } from '@sluice/core';
import { objectMember } from '@sluice/translator-kit';

/**
 * Usage as Anthropic counts it: `input_tokens` excludes what was read from and written to the cache. Input and output are
 * required of a message, so what is not known is zero there.
 *
 * @param carried members of `usage` that the canonical model does not know
 */
export function encodeUsage(usage: Usage | undefined, carried: JsonObject | undefined): JsonObject {
  const { cacheWrite5m, cacheWrite1h } = usage ?? {};
  const split =
    cacheWrite1h === undefined
      ? undefined
      : { ephemeral_5m_input_tokens: cacheWrite5m ?? 0, ephemeral_1h_input_tokens: cacheWrite1h };
  return { input_tokens: 0, ...encodeRunningUsage(usage, carried), ...joined('cache_creation', split, carried) };
}

/** Usage as a `message_delta` says it: cumulative, without the split; what is absent stands as `message_start` said it. */
export function encodeRunningUsage(usage: Usage | undefined, carried: JsonObject | undefined): JsonObject {
  const { input, output, cacheRead, reasoning } = usage ?? {};
  const written = writtenTokens(usage);
  const details = reasoning === undefined ? undefined : { thinking_tokens: reasoning };
  return {
    ...carried,
    ...(input === undefined ? {} : { input_tokens: Math.max(0, input - (cacheRead ?? 0) - (written ?? 0)) }),
    ...(written === undefined ? {} : { cache_creation_input_tokens: written }),
    ...(cacheRead === undefined ? {} : { cache_read_input_tokens: cacheRead }),
    output_tokens: output ?? 0,
    ...joined('output_tokens_details', details, carried),
  };
}

function writtenTokens(usage: Usage | undefined): number | undefined {
  const { cacheWrite5m, cacheWrite1h } = usage ?? {};
  return cacheWrite5m === undefined && cacheWrite1h === undefined
    ? undefined
    : (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0);
}

function joined(name: string, known: JsonObject | undefined, carried: JsonObject | undefined): JsonObject {
  return known === undefined ? {} : { [name]: { ...known, ...objectMember(carried, name) } };
}
