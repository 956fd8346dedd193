import type { Extensions, JsonObject } from '@sluice/core';
import { carryUnknown, objectMember } from '@sluice/translator-kit';
import { carry } from '../carried.js';

/** What the canonical answer says. The rest repeats the request, and only this format's clients know it. */
const KNOWN: ReadonlySet<string> = new Set([
  'id',
  'object',
  'model',
  'status',
  'output',
  'usage',
  'error',
  'incomplete_details',
]);
const INCOMPLETE: ReadonlySet<string> = new Set(['reason']);

/** What a response carries beside its answer, and that it came in this format. */
export function responseExtensions(response: JsonObject): { readonly extensions?: Extensions } {
  const details = objectMember(response, 'incomplete_details');
  const unknown = details && carryUnknown(details, INCOMPLETE);
  return carry(carryUnknown(response, KNOWN), {
    own: true,
    ...(unknown !== undefined && { incomplete_details: unknown }),
  });
}
