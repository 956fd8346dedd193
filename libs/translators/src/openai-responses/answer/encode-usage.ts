import type { JsonObject, Usage } from '@sluice/core';
import { countMember, objectMember, restoreMembers } from '@sluice/translator-kit';

/**
 * Usage in this format's convention: the input includes what was read from and written to the cache, the output includes
 * reasoning. The details are always there, because strict clients want them; what a vendor of this format said besides is
 * kept.
 */
export function encodeUsage(usage: Usage): JsonObject {
  const { input = 0, output = 0, cacheRead = 0, reasoning = 0 } = usage;
  const own = ownRaw(usage);
  const written = sum(usage.cacheWrite5m, usage.cacheWrite1h);
  return restoreMembers(
    {
      input_tokens: input,
      input_tokens_details: { cached_tokens: cacheRead, ...(written !== undefined && { cache_write_tokens: written }) },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: reasoning },
      total_tokens: countMember(own, 'total_tokens') ?? input + output,
    },
    own,
  );
}

/** Anthropic's usage has members of the same names; it has no total. */
function ownRaw({ raw }: Usage): JsonObject | undefined {
  if (countMember(raw, 'input_tokens') === undefined) return undefined;
  const hasDetails = objectMember(raw, 'input_tokens_details') !== undefined;
  return hasDetails || countMember(raw, 'total_tokens') !== undefined ? raw : undefined;
}

function sum(first: number | undefined, second: number | undefined): number | undefined {
  return first === undefined && second === undefined ? undefined : (first ?? 0) + (second ?? 0);
}
