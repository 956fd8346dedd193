import type { FinishReason, JsonObject } from '@sluice/core';
import { objectMember, textMember } from '@sluice/translator-kit';

const INCOMPLETE: ReadonlyMap<string | undefined, FinishReason['unified']> = new Map([
  ['max_output_tokens', 'length'],
  ['max_tokens', 'length'], // seen from servers that imitate the format
  ['content_filter', 'content-filter'],
]);

const STATUSES: ReadonlyMap<string | undefined, FinishReason['unified']> = new Map([
  ['completed', 'stop'],
  ['failed', 'error'],
]);

/**
 * Why a response ended, by `status` and `incomplete_details`; undefined while it goes on. The raw word is the reason where
 * there is one, else the status.
 */
export function mapStopReason(response: JsonObject): FinishReason | undefined {
  const status = textMember(response, 'status');
  if (status === undefined || status === 'in_progress' || status === 'queued') return undefined;
  if (status !== 'incomplete') {
    const stopSequence = textMember(response, 'stop_sequence'); // servers that know stop sequences say which one it was
    return {
      unified: STATUSES.get(status) ?? 'other',
      raw: status,
      ...(stopSequence !== undefined && { stopSequence }),
    };
  }
  const reason = textMember(objectMember(response, 'incomplete_details'), 'reason');
  return { unified: INCOMPLETE.get(reason) ?? 'other', raw: reason ?? status };
}
