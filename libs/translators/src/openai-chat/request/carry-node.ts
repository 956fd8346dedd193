import type { Extensions, JsonObject } from '@sluice/core';
import { carryUnknown } from '@sluice/translator-kit';
import { carry, spelled } from '../carried.js';

/** The spellings of a cache breakpoint: the node's `cache` says that there is one. */
const BREAKPOINTS: ReadonlySet<string> = new Set(['cache_control', 'prompt_cache_breakpoint']);

export interface NodeMembers {
  /** Unknown members of an object inside the node, under its name. */
  readonly inner?: JsonObject | undefined;
  /** How it was written what the node says in other words. */
  readonly spelling?: JsonObject | undefined;
}

/** What a message, part or tool carries beside the members that are read of it. */
export function carryNode(
  node: JsonObject,
  known: ReadonlySet<string>,
  { inner, spelling }: NodeMembers = {},
): { readonly extensions?: Extensions } {
  const unknown = carryUnknown(node, known);
  if (unknown === undefined) return carry(inner, spelled(spelling));
  const isMarker = ([name]: readonly [string, unknown]): boolean => BREAKPOINTS.has(name);
  const members = Object.entries(unknown);
  const markers = Object.fromEntries(members.filter(isMarker));
  const rest = Object.fromEntries(members.filter((member) => !isMarker(member)));
  const hasRest = Object.keys(rest).length > 0;
  return carry(hasRest ? rest : undefined, inner, spelled({ ...markers, ...spelling }));
}
