import type { MemberSpan } from './member-span.js';
import {
  BACKSLASH,
  CLOSE_BRACE,
  COLON,
  COMMA,
  OPEN_BRACE,
  QUOTE,
  skipSpace,
  skipString,
  skipValue,
} from './skip-value.js';

/** An escape, or a raw control character, which a string must not hold. */
const NEEDS_CARE = /[\\\u0000-\u001f]/;

/** One object's own members, found without parsing. Offsets are bytes. */
export interface ObjectScan<Name extends string = string> {
  /** Of the `{`. */
  readonly objectStart: number;
  /** Behind the `}`. */
  readonly objectEnd: number;
  readonly isEmpty: boolean;
  /** The wanted members that are there, duplicates included, in the order of the text: for `JSON.parse` the last one counts. */
  readonly members: Readonly<Partial<Record<Name, readonly MemberSpan[]>>>;
}

/**
 * Finds members of one object in the bytes of a JSON text and skips everything else. Keys may be written with escapes.
 *
 * @param names the wanted members; ASCII
 * @param at 0 = the whole text is the object; else the offset of a nested object's `{` (a span of an earlier scan)
 * @returns undefined on any doubt (no object, malformed, something behind it, deeper than `MAX_DEPTH`): parse instead. A
 *   wanted scalar is sound; nested values are only skipped, so `parseSpan` of one may still throw
 */
export function scanMembers<Name extends string>(
  json: Buffer,
  names: readonly Name[],
  at = 0,
): ObjectScan<Name> | undefined {
  const objectStart = at === 0 ? skipSpace(json, 0) : at;
  if (json[objectStart] !== OPEN_BRACE) return undefined;
  const members = Object.create(null) as Partial<Record<Name, MemberSpan[]>>; // a member may be called __proto__
  let next = skipSpace(json, objectStart + 1);
  const isEmpty = json[next] === CLOSE_BRACE;
  for (let isLast = isEmpty; !isLast;) {
    if (json[next] !== QUOTE) return undefined;
    const keyEnd = skipString(json, next + 1);
    if (keyEnd === -1) return undefined;
    const name = findName(json, next, keyEnd, names);
    if (name === MALFORMED) return undefined;
    next = skipSpace(json, keyEnd);
    if (json[next] !== COLON) return undefined;
    const start = skipSpace(json, next + 1);
    const end = skipValue(json, start);
    if (end === -1) return undefined;
    if (name !== undefined) {
      if (!isSound(json, start, end)) return undefined;
      (members[name] ??= []).push({ valueStart: start, valueEnd: end });
    }
    next = skipSpace(json, end);
    isLast = json[next] === CLOSE_BRACE;
    if (!isLast && json[next] !== COMMA) return undefined;
    if (!isLast) next = skipSpace(json, next + 1);
  }
  const objectEnd = next + 1;
  if (at === 0 && skipSpace(json, objectEnd) !== json.length) return undefined;
  return { objectStart, objectEnd, isEmpty, members };
}

const MALFORMED = Symbol('malformed');

/** Which of the names the key (quotes included) is. */
function findName<Name extends string>(
  json: Buffer,
  start: number,
  end: number,
  names: readonly Name[],
): Name | undefined | typeof MALFORMED {
  for (const name of names) if (isName(json, start, end, name)) return name;
  if (!hasBackslash(json, start, end)) return undefined;
  const key = parseOrUndefined(json, start, end);
  return key === undefined ? MALFORMED : names.find((name) => name === key);
}

function isName(json: Buffer, start: number, end: number, name: string): boolean {
  if (end - start !== name.length + 2) return false;
  for (let index = 0; index < name.length; index += 1) {
    if (json[start + 1 + index] !== name.charCodeAt(index)) return false;
  }
  return true;
}

function hasBackslash(json: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (json[at] === BACKSLASH) return true;
  return false;
}

/** Whether a wanted string holds only what a JSON string may; other values were checked while they were skipped. */
function isSound(json: Buffer, start: number, end: number): boolean {
  if (json[start] !== QUOTE || !NEEDS_CARE.test(json.toString('latin1', start, end))) return true;
  return parseOrUndefined(json, start, end) !== undefined;
}

function parseOrUndefined(json: Buffer, start: number, end: number): unknown {
  try {
    return JSON.parse(json.toString('utf8', start, end));
  } catch {
    return undefined; // the caller's doubt
  }
}
