import type { CacheMarker, Extensions, JsonObject } from '@sluice/core';
import { carryUnknown } from '@sluice/translator-kit';
import { ANTHROPIC_MESSAGES } from '../format-name.js';
import { decodeCache } from './decode-cache.js';

/** What every block and tool may carry besides its own members. */
export interface NodeRest {
  readonly cache?: CacheMarker;
  readonly extensions?: Extensions;
}

/** The cache marker of a block or tool, and the members that the canonical model has no word for. */
export function restOf(node: JsonObject, known: ReadonlySet<string>): NodeRest {
  const { cache, isComplete } = decodeCache(node);
  const extensions = carryUnknown(ANTHROPIC_MESSAGES, node, isComplete ? withCacheControl(known) : known);
  return { ...(cache === undefined ? {} : { cache }), ...(extensions === undefined ? {} : { extensions }) };
}
