import { skipSpace, skipString, skipValue } from '@sluice/streaming';
import { JsonNodeError } from './json-node-error.js';

/** Values that are taken out of one text, over all of its levels: far more than any conversation has where rules look. */
export const MAX_VALUES = 100_000;

/** Of one text. */
interface Budget {
  left: number;
}

/** A value in an object or an array, with the bytes around it. */
interface Child {
  /** Undefined in an array. */
  readonly name: string | undefined;
  /** What stands before the value: white space, and in an object the key and its colon. */
  readonly lead: Buffer;
  value: JsonNode;
  /** White space behind the value. */
  readonly trail: Buffer;
}

const NOTHING = Buffer.alloc(0);
const OPEN = { object: Buffer.from('{'), array: Buffer.from('[') };
const CLOSE = { object: Buffer.from('}'), array: Buffer.from(']') };
const SEPARATOR = Buffer.from(',');

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COLON = 0x3a;
const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * A JSON value that keeps its bytes. Only what somebody steps into is taken apart, one level at a time; everything else, and
 * all that stands between the values, is written as it was read: numbers keep their digits, members their order, and white
 * space its place. Of a member that stands several times all are stepped into, because readers differ in which one counts.
 *
 * Its methods throw `JsonNodeError` for bytes that are no JSON and for more than `MAX_VALUES`.
 */
export class JsonNode {
  readonly #bytes: Buffer;
  readonly #budget: Budget;
  #children: Child[] | undefined;
  /** White space in an object or array without values. */
  #blank: Buffer = NOTHING;

  /** @param bytes the value alone: no white space around it */
  constructor(bytes: Buffer, budget: Budget = { left: MAX_VALUES }) {
    this.#bytes = bytes;
    this.#budget = budget;
  }

  get kind(): 'object' | 'array' | 'scalar' {
    const first = this.#bytes[0];
    return first === OPEN_BRACE ? 'object' : first === OPEN_BRACKET ? 'array' : 'scalar';
  }

  /** The values of an object's member; none, one, or several where its name is repeated. */
  members(name: string): readonly JsonNode[] {
    if (this.kind !== 'object') return [];
    return this.#expanded()
      .filter((child) => child.name === name)
      .map(({ value }) => value);
  }

  /** The values of an array. */
  elements(): readonly JsonNode[] {
    return this.kind === 'array' ? this.#expanded().map(({ value }) => value) : [];
  }

  /** Adds a member at the end of an object. The caller has made sure that it is not there yet. */
  append(name: string, value: JsonNode): void {
    if (this.kind !== 'object') throw new TypeError('only an object has members');
    this.#expanded().push({ name, lead: Buffer.from(`${JSON.stringify(name)}:`), value, trail: NOTHING });
  }

  /** Puts a value in the place of each of these, which are the object's or array's own. */
  replace(old: readonly JsonNode[], json: Buffer): void {
    const replaced = new Set(old);
    for (const child of this.#expanded()) if (replaced.has(child.value)) child.value = new JsonNode(json);
  }

  /** Takes out these values, which are the object's or array's own. */
  remove(old: readonly JsonNode[]): void {
    const removed = new Set(old);
    this.#children = this.#expanded().filter(({ value }) => !removed.has(value));
  }

  /** What `JSON.parse` gives. @throws JsonNodeError */
  parse(): unknown {
    try {
      return JSON.parse(this.toBuffer().toString());
    } catch {
      throw new JsonNodeError('malformed');
    }
  }

  toBuffer(): Buffer {
    const pieces: Buffer[] = [];
    this.#write(pieces);
    return Buffer.concat(pieces);
  }

  #write(pieces: Buffer[]): void {
    const { kind } = this;
    if (this.#children === undefined || kind === 'scalar') {
      pieces.push(this.#bytes);
      return;
    }
    pieces.push(OPEN[kind], this.#blank);
    this.#children.forEach(({ lead, value, trail }, index) => {
      if (index > 0) pieces.push(SEPARATOR);
      pieces.push(lead);
      value.#write(pieces);
      pieces.push(trail);
    });
    pieces.push(CLOSE[kind]);
  }

  #expanded(): Child[] {
    this.#children ??= this.#expand();
    return this.#children;
  }

  #expand(): Child[] {
    const json = this.#bytes;
    const isObject = this.kind === 'object';
    const closer = isObject ? CLOSE_BRACE : CLOSE_BRACKET;
    const children: Child[] = [];
    let from = 1;
    const first = skipSpace(json, from);
    if (json[first] === closer) {
      this.#blank = json.subarray(from, first);
      return children;
    }
    for (;;) {
      const keyAt = skipSpace(json, from);
      const keyEnd = isObject ? endOfKey(json, keyAt) : keyAt;
      const start = isObject ? behindColon(json, keyEnd) : keyAt;
      const end = skipValue(json, start);
      if (end === -1) throw new JsonNodeError('malformed');
      if (this.#budget.left === 0) throw new JsonNodeError('too-many-values');
      this.#budget.left -= 1;
      const next = skipSpace(json, end);
      children.push({
        name: isObject ? nameOf(json, keyAt, keyEnd) : undefined,
        lead: json.subarray(from, start),
        value: new JsonNode(json.subarray(start, end), this.#budget),
        trail: json.subarray(end, next),
      });
      if (json[next] === closer && next === json.length - 1) return children;
      if (json[next] !== COMMA) throw new JsonNodeError('malformed');
      from = next + 1;
    }
  }
}

function endOfKey(json: Buffer, at: number): number {
  const end = json[at] === QUOTE ? skipString(json, at + 1) : -1;
  if (end === -1) throw new JsonNodeError('malformed');
  return end;
}

function behindColon(json: Buffer, keyEnd: number): number {
  const colon = skipSpace(json, keyEnd);
  if (json[colon] !== COLON) throw new JsonNodeError('malformed');
  return skipSpace(json, colon + 1);
}

function nameOf(json: Buffer, start: number, end: number): string {
  const key = json.subarray(start, end);
  if (!key.includes(BACKSLASH)) return json.toString('utf8', start + 1, end - 1);
  try {
    return JSON.parse(key.toString()) as string; // it stands in quotes
  } catch {
    throw new JsonNodeError('malformed');
  }
}
