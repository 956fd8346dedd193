import type { Extensions, JsonObject } from '@sluice/core';
import { carryUnknown, extensionsOf } from '@sluice/translator-kit';

const READ: ReadonlySet<string> = new Set(['output', 'stopReason', 'usage']);

/** Metrics, trace, tiers, the model's own fields: what an answer says besides what the canonical model knows. */
export function restOfAnswer(...parts: readonly JsonObject[]): { readonly extensions?: Extensions } {
  return extensionsOf('bedrock-converse', carryUnknown(Object.assign({}, ...parts) as JsonObject, READ)); // parts are JSON
}
