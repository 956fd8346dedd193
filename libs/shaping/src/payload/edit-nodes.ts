import type { PathSegment } from '@sluice/config';
import { JsonNode } from '../json/json-node.js';
import { findNodes, step } from './find-nodes.js';

const EMPTY_OBJECT = '{}';

/**
 * Puts a value at a path. Missing objects on the way are made; where something else stands in the way, or an element of an
 * array is missing, nothing is written.
 * @returns whether anything was
 */
export function writeAt(root: JsonNode, segments: readonly PathSegment[], json: string): boolean {
  let holders: readonly JsonNode[] = [root];
  for (const [at, segment] of segments.slice(0, -1).entries()) {
    holders = holders.flatMap((holder) => stepOrMake(holder, segment, segments.slice(at + 1)));
  }
  const last = segments.at(-1);
  if (last === undefined) return false;
  return holders.map((holder) => writeChild(holder, last, json)).includes(true);
}

/** Takes away whatever a path leads to. @returns whether there was anything */
export function removeAt(root: JsonNode, segments: readonly PathSegment[]): boolean {
  const last = segments.at(-1);
  if (last === undefined) return false;
  let hasRemoved = false;
  for (const holder of findNodes(root, segments.slice(0, -1))) {
    const found = step(holder, last);
    if (found.length === 0) continue;
    holder.remove(found);
    hasRemoved = true;
  }
  return hasRemoved;
}

function stepOrMake(holder: JsonNode, segment: PathSegment, rest: readonly PathSegment[]): readonly JsonNode[] {
  const found = step(holder, segment);
  if (found.length > 0 || holder.kind !== 'object' || segment.kind !== 'member' || !rest.every(isName)) return found;
  const made = newNode(EMPTY_OBJECT);
  holder.append(segment.name, made);
  return [made];
}

/** Only of what is certainly an object's member can the object be made. */
function isName(segment: PathSegment): boolean {
  return segment.kind === 'member' && segment.index === undefined;
}

function writeChild(holder: JsonNode, segment: PathSegment, json: string): boolean {
  const found = step(holder, segment);
  if (found.length > 0) {
    holder.replace(found, Buffer.from(json));
    return true;
  }
  if (segment.kind !== 'member' || holder.kind !== 'object') return false;
  holder.append(segment.name, newNode(json));
  return true;
}

function newNode(json: string): JsonNode {
  return new JsonNode(Buffer.from(json));
}
