import type { MemberSegment, PathSegment, QuerySegment } from '@sluice/config';
import type { JsonNode } from '../json/json-node.js';

/** The values that one step of a path leads to. */
export function step(node: JsonNode, segment: PathSegment): readonly JsonNode[] {
  switch (segment.kind) {
    case 'member':
      return member(node, segment);
    case 'every':
      return node.elements();
    case 'query':
      return query(node, segment);
    default:
      return unknownSegment(segment);
  }
}

/** The values that a path leads to, in the order of the text; empty = nowhere. */
export function findNodes(root: JsonNode, segments: readonly PathSegment[]): readonly JsonNode[] {
  return segments.reduce<readonly JsonNode[]>((nodes, segment) => nodes.flatMap((node) => step(node, segment)), [root]);
}

function member(node: JsonNode, { name, index }: MemberSegment): readonly JsonNode[] {
  if (node.kind !== 'array') return node.members(name);
  const element = index === undefined ? undefined : node.elements().at(index);
  return element === undefined ? [] : [element];
}

function query(node: JsonNode, { members, isEqual, value, isEvery }: QuerySegment): readonly JsonNode[] {
  const agrees = (element: JsonNode): boolean =>
    findNodes(element, members).some((found) => found.kind === 'scalar' && found.parse() === value) === isEqual;
  if (isEvery) return node.elements().filter(agrees);
  const first = node.elements().find(agrees);
  return first === undefined ? [] : [first];
}

function unknownSegment(segment: never): never {
  throw new TypeError(`unknown segment ${JSON.stringify(segment)}`);
}
