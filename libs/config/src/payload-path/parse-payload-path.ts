import type { MemberSegment, PathScalar, PathSegment, PayloadPath } from './payload-path.js';

/** In characters. */
export const MAX_PATH_CHARACTERS = 512;
/** Bodies are not deeper where anybody would want to change them. */
export const MAX_PATH_SEGMENTS = 32;

/** No array has more elements; a longer number is only a name. */
const INDEX = /^(?:0|-?[1-9]\d{0,6})$/;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const WORDS: Readonly<Record<string, PathScalar>> = { true: true, false: false, null: null };

export type ParsedPath =
  | { readonly path: PayloadPath; readonly problem?: undefined }
  | { readonly path?: undefined; readonly problem: string };

/**
 * Reads a path. Once from left to right; `problem` continues a sentence that begins with the path's place.
 *
 * ```text
 * path    = segment *( "." segment )
 * segment = member | "#" | query
 * member  = 1*( any but "." and "\" | "\" any )      a whole number is an array's element too: 0 the first, -1 the last
 * "#"     = every element of an array
 * query   = "#(" member *( "." member ) ( "==" | "!=" ) value ")" [ "#" ]
 *           the first element whose member is, or is not, the value; with "#" behind it every such element
 * value   = JSON string | number | true | false | null
 * ```
 *
 * A member that begins with `#` is written `\#`; within a query `=`, `!`, `)` and blanks of a name are escaped likewise.
 */
export function parsePayloadPath(text: string): ParsedPath {
  if (text.length > MAX_PATH_CHARACTERS) return { problem: `is longer than ${MAX_PATH_CHARACTERS} characters` };
  try {
    return { path: { text, segments: new PathReader(text).read() } };
  } catch (error) {
    if (error instanceof PathProblem) return { problem: error.message };
    throw error;
  }
}

/** Never leaves this file. */
class PathProblem extends Error {}

class PathReader {
  #at = 0;

  constructor(private readonly text: string) {}

  read(): readonly PathSegment[] {
    const segments: PathSegment[] = [];
    do {
      if (segments.length === MAX_PATH_SEGMENTS) throw new PathProblem(`has more than ${MAX_PATH_SEGMENTS} parts`);
      segments.push(this.#segment());
    } while (this.#takes('.'));
    return segments;
  }

  /** Leaves off at a dot or at the end. */
  #segment(): PathSegment {
    if (!this.#takes('#')) return this.#member('.');
    if (this.#isDone || this.#next === '.') return { kind: 'every' };
    if (!this.#takes('('))
      throw new PathProblem('has a # that is not alone and begins no query: a name is written \\#');
    return this.#query();
  }

  #query(): PathSegment {
    const members: MemberSegment[] = [];
    this.#skipBlanks();
    do members.push(this.#member('.=!) '));
    while (this.#takes('.'));
    this.#skipBlanks();
    const isEqual = this.#takes('==');
    if (!isEqual && !this.#takes('!=')) throw new PathProblem('has a query without == or !=');
    this.#skipBlanks();
    const value = this.#value();
    this.#skipBlanks();
    if (!this.#takes(')')) throw new PathProblem('has a query that does not end with )');
    const isEvery = this.#takes('#');
    if (!this.#isDone && this.#next !== '.') throw new PathProblem('has something other than a dot behind its query');
    return { kind: 'query', members, isEqual, value, isEvery };
  }

  #member(stops: string): MemberSegment {
    let name = '';
    let isEscaped = false;
    while (!this.#isDone && !stops.includes(this.#next)) {
      if (this.#takes('\\')) {
        if (this.#isDone) throw new PathProblem('ends with a lone \\');
        isEscaped = true;
      }
      name += this.#next;
      this.#at += 1;
    }
    if (name === '') throw new PathProblem('has an empty part: a dot within a name is written \\.');
    return { kind: 'member', name, ...(!isEscaped && INDEX.test(name) && { index: Number(name) }) };
  }

  #value(): PathScalar {
    if (this.#next === '"') return this.#string();
    const start = this.#at;
    while (!this.#isDone && this.#next !== ')' && this.#next !== ' ') this.#at += 1;
    const word = this.text.slice(start, this.#at);
    if (NUMBER.test(word)) return Number(word);
    const known = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
    if (known === undefined) throw new PathProblem('compares with what is no JSON value: texts stand in double quotes');
    return known;
  }

  #string(): string {
    const start = this.#at;
    this.#at += 1;
    while (!this.#isDone && this.#next !== '"') this.#at += this.#next === '\\' ? 2 : 1;
    this.#at += 1;
    try {
      return JSON.parse(this.text.slice(start, this.#at)) as string; // it begins and ends with a quote
    } catch {
      throw new PathProblem('has a text in its query that is no JSON string');
    }
  }

  #skipBlanks(): void {
    while (this.#next === ' ') this.#at += 1;
  }

  #takes(expected: string): boolean {
    if (!this.text.startsWith(expected, this.#at)) return false;
    this.#at += expected.length;
    return true;
  }

  get #next(): string {
    return this.text.charAt(this.#at);
  }

  get #isDone(): boolean {
    return this.#at >= this.text.length;
  }
}
