import type { JsonObject } from '@sluice/core';
import { carryUnknown, objectMember, textMember } from '@sluice/translator-kit';
import { unifiedStopReason } from '../map-stop-reason.js';
import { usageRest } from './usage-rest.js';

const KNOWN: ReadonlySet<string> = new Set([
  'content',
  'id',
  'model',
  'role',
  'stop_reason',
  'stop_sequence',
  'type',
  'usage',
]);

/**
 * Everything in a message, or in what ends one, that the canonical answer has no place for: unknown members, members of
 * `usage`, and a stop reason that only Anthropic can read. Undefined when there is nothing.
 */
export function restOfMessage(message: JsonObject): JsonObject | undefined {
  const rest = carryUnknown(message, KNOWN);
  const usage = usageRest(objectMember(message, 'usage'));
  const stopReason = textMember(message, 'stop_reason');
  const isNewReason = stopReason !== undefined && unifiedStopReason(stopReason) === undefined;
  if (usage === undefined && !isNewReason) return rest;
  return { ...rest, ...(usage && { usage }), ...(isNewReason && { stop_reason: stopReason }) };
}
