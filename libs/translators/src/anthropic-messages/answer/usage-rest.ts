import type { JsonObject } from '@sluice/core';
import { carryUnknown, countMember, objectMember } from '@sluice/translator-kit';

const COUNTS: ReadonlySet<string> = new Set([
  'input_tokens',
  'output_tokens',
  'cache_read_input_tokens',
  'cache_creation_input_tokens',
  'cache_creation',
  'output_tokens_details',
]);
const SPLIT: ReadonlySet<string> = new Set(['ephemeral_5m_input_tokens', 'ephemeral_1h_input_tokens']);
const DETAILS: ReadonlySet<string> = new Set(['thinking_tokens']);

/**
 * The members of `usage` that canonical usage does not say (`service_tier`, `server_tool_use`, `iterations` …), to be
 * carried as this format's `usage`; undefined when there are none.
 */
export function usageRest(raw: JsonObject | undefined): JsonObject | undefined {
  if (raw === undefined) return undefined;
  const rest = carryUnknown(raw, namesWithValue(raw));
  const split = unsaidSplit(raw);
  const details = unsaid(objectMember(raw, 'output_tokens_details'), DETAILS);
  if (split === undefined && details === undefined) return rest;
  return { ...rest, ...(split && { cache_creation: split }), ...(details && { output_tokens_details: details }) };
}

/** A split that does not add up to the total is older than it, or wrong: what canonical usage makes of it differs. */
function unsaidSplit(raw: JsonObject): JsonObject | undefined {
  const split = objectMember(raw, 'cache_creation');
  const total = countMember(raw, 'cache_creation_input_tokens');
  const sum =
    (countMember(split, 'ephemeral_5m_input_tokens') ?? 0) + (countMember(split, 'ephemeral_1h_input_tokens') ?? 0);
  return total === undefined || total === sum ? unsaid(split, SPLIT) : split;
}

/** A count that is null is "not reported", which canonical usage says by silence; the null travels. */
function namesWithValue(raw: JsonObject): ReadonlySet<string> {
  const names = Object.keys(raw);
  return names.some((name) => raw[name] === null)
    ? new Set(names.filter((name) => COUNTS.has(name) && raw[name] !== null))
    : COUNTS;
}

function unsaid(object: JsonObject | undefined, known: ReadonlySet<string>): JsonObject | undefined {
  return object && carryUnknown(object, known);
}
