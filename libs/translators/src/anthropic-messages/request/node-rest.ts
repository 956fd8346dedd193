import type { CacheMarker, Extensions, JsonObject } from '@sluice/core';
import { carriedFor, carryUnknown, extensionsOf, saidAs } from '@sluice/translator-kit';
import { decodeCache } from './decode-cache.js';

const CACHE_CONTROL: ReadonlySet<string> = new Set(['cache_control']);

/** What every block and tool may carry besides its own members. */
export interface NodeRest {
  readonly cache?: CacheMarker;
  readonly extensions?: Extensions;
}

/** The cache marker of a block or tool, and the members that the canonical model has no word for. */
export function restOf(node: JsonObject, known: ReadonlySet<string>): NodeRest {
  const unknown = carryUnknown(node, known);
  if (unknown === undefined) return {};
  const { cache, isComplete } = decodeCache(node);
  if (cache === undefined) return carried(unknown);
  if (!isComplete) return { cache, ...carried(unknown) };
  return { cache, ...carried(carryUnknown(unknown, CACHE_CONTROL)) };
}

/** Members of this format for a canonical node. */
export function carried(members: JsonObject | undefined): { readonly extensions?: Extensions } {
  return extensionsOf('anthropic-messages', members);
}

/** Members for a canonical node: some that only this format can say, and some that the node says in other words. */
export function carriedAndSaid(
  unsaid: JsonObject | undefined,
  said: JsonObject | undefined,
): { readonly extensions?: Extensions } {
  if (unsaid === undefined && said === undefined) return {};
  return carried({ ...unsaid, ...saidAs(said) });
}

/** Everything that a node of a request carries for this format. */
export function carriedBy(node: { readonly extensions?: Extensions }): JsonObject | undefined {
  return carriedFor(node.extensions, 'anthropic-messages');
}
