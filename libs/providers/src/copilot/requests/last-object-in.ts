import { scanMembers, skipSpace, type MemberSpan, type ObjectScan } from '@sluice/streaming';

const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACKET = 0x5d;

/**
 * The last object of an array in the bytes of a JSON text, with the wanted members. Every element is skipped once, and none is
 * parsed.
 * @param array the span of the array, brackets included
 * @returns undefined = it is empty, or holds something else than objects
 */
export function lastObjectIn<Name extends string>(
  json: Buffer,
  array: MemberSpan,
  names: readonly Name[],
): ObjectScan<Name> | undefined {
  let last: ObjectScan<Name> | undefined;
  let at = skipSpace(json, array.valueStart + 1);
  while (json[at] === OPEN_BRACE) {
    last = scanMembers(json, names, at);
    if (last === undefined) return undefined;
    at = skipSpace(json, last.objectEnd);
    if (json[at] === CLOSE_BRACKET) return last;
    if (json[at] !== COMMA) return undefined;
    at = skipSpace(json, at + 1);
  }
  return undefined;
}
