import { replaceSpans, scanMembers, type SpanEdit } from '@sluice/streaming';
import { skipSpace, skipSpaceBack } from './json-space.js';

const COMMA = 0x2c;
const COLON = 0x3a;

/**
 * A copy of a JSON object's text without one of its own members; every other byte stays. The text itself where the member is
 * not there, or where its key is written with escapes.
 */
export function withoutMember(json: Buffer, name: string): Buffer {
  const spans = scanMembers(json, [name])?.members[name];
  if (spans === undefined) return json;
  const [edit] = spans.map(({ valueStart, valueEnd }) => editOf(json, name, valueStart, valueEnd));
  if (edit === undefined) return json;
  const rest = replaceSpans(json, [edit]);
  return spans.length === 1 ? rest : withoutMember(rest, name);
}

/** The member with the comma that belongs to it: the one in front, or behind the first member the one that follows. */
function editOf(json: Buffer, name: string, valueStart: number, valueEnd: number): SpanEdit | undefined {
  const colonEnd = skipSpaceBack(json, valueStart);
  if (json[colonEnd - 1] !== COLON) return undefined;
  const keyEnd = skipSpaceBack(json, colonEnd - 1);
  const keyStart = keyEnd - name.length - 2;
  if (json.toString('latin1', keyStart, keyEnd) !== `"${name}"`) return undefined;
  const before = skipSpaceBack(json, keyStart);
  if (json[before - 1] === COMMA) return { start: before - 1, end: valueEnd, text: '' };
  const after = skipSpace(json, valueEnd);
  return { start: keyStart, end: json[after] === COMMA ? after + 1 : valueEnd, text: '' };
}
