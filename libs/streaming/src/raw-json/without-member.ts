import type { MemberSpan } from './member-span.js';
import { replaceSpans, type SpanEdit } from './replace-spans.js';
import { scanMembers } from './scan-members.js';
import { COLON, COMMA, skipSpace, skipSpaceBack } from './skip-value.js';

/**
 * A copy of a JSON object's text without one of its own members, however often it is repeated; every other byte stays. The text
 * itself where the member is not there, or where its key is written with escapes.
 */
export function withoutMember(json: Buffer, name: string): Buffer {
  const edits = removalsOf(json, name, scanMembers(json, [name])?.members[name] ?? []);
  return edits.length === 0 ? json : replaceSpans(json, edits);
}

/**
 * What takes a member out, with its key and one comma.
 * @param spans all of the member's values in its object, as `scanMembers` found them
 * @returns nothing where a key is written with escapes
 */
export function removalsOf(json: Buffer, name: string, spans: readonly MemberSpan[]): readonly SpanEdit[] {
  const edits: SpanEdit[] = [];
  for (const span of spans) {
    const edit = removalOf(json, name, span, edits.at(-1)?.end ?? 0);
    if (edit === undefined) return [];
    edits.push(edit);
  }
  return edits;
}

/**
 * The member with the comma that belongs to it: the one in front, or where that has gone already, or there is none, the one that
 * follows.
 * @param goneUpTo what stands in front of it and is taken out already ends here
 */
function removalOf(
  json: Buffer,
  name: string,
  { valueStart, valueEnd }: MemberSpan,
  goneUpTo: number,
): SpanEdit | undefined {
  const colonEnd = skipSpaceBack(json, valueStart);
  if (json[colonEnd - 1] !== COLON) return undefined;
  const keyEnd = skipSpaceBack(json, colonEnd - 1);
  const keyStart = keyEnd - name.length - 2;
  if (json.toString('latin1', keyStart, keyEnd) !== `"${name}"`) return undefined;
  const before = skipSpaceBack(json, keyStart);
  if (json[before - 1] === COMMA && before > goneUpTo) return { start: before - 1, end: valueEnd, text: '' };
  const after = skipSpace(json, valueEnd);
  return { start: keyStart, end: json[after] === COMMA ? after + 1 : valueEnd, text: '' };
}
