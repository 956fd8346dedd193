/** Where a text stops being JSON. */
export interface JsonErrorPlace {
  /** 1-based character at which it goes wrong. */
  readonly character: number;
  /** The text ended before the value did. */
  readonly isTruncated: boolean;
}

/**
 * Finds the first character that cannot stand where it stands. For text that `JSON.parse` has refused: the engine's own
 * message quotes the text (which may hold a prompt or a key) and often names no position. Iterative, so depth is harmless.
 */
export function locateJsonError(text: string): JsonErrorPlace {
  return new JsonWalk(text).toError();
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;
const SPACE = /[ \t\n\r]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

type Expected = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end' | 'nothing';

class JsonWalk {
  #at = 0;
  #expected: Expected = 'value';
  /** The closing characters that are due, innermost last. */
  readonly #closers: string[] = [];

  constructor(private readonly text: string) {}

  toError(): JsonErrorPlace {
    do this.#at = this.#skip(SPACE) ?? this.#at;
    while (this.#at < this.text.length && this.#step(this.text.charAt(this.#at)));
    const isAtEnd = this.#at === this.text.length;
    return {
      character: this.#at + 1,
      isTruncated: isAtEnd ? this.#expected !== 'nothing' : this.#isCutString(),
    };
  }

  /** Takes one token; false where it cannot stand. */
  #step(character: string): boolean {
    switch (this.#expected) {
      case 'value-or-end':
        return character === ']' ? this.#close() : this.#value(character);
      case 'value':
        return this.#value(character);
      case 'name-or-end':
        return character === '}' ? this.#close() : this.#name();
      case 'name':
        return this.#name();
      case 'colon':
        return character === ':' && this.#go(this.#at + 1, 'value');
      case 'comma-or-end':
        if (character === this.#closers.at(-1)) return this.#close();
        return character === ',' && this.#go(this.#at + 1, this.#closers.at(-1) === '}' ? 'name' : 'value');
      case 'nothing':
        return false;
    }
  }

  #value(character: string): boolean {
    if (character === '{') return this.#open('}', 'name-or-end');
    if (character === '[') return this.#open(']', 'value-or-end');
    return this.#go(character === '"' ? this.#endOfString() : this.#skip(SCALAR), this.#afterValue());
  }

  #name(): boolean {
    return this.#go(this.#endOfString(), 'colon');
  }

  #open(closer: string, expected: Expected): boolean {
    this.#closers.push(closer);
    return this.#go(this.#at + 1, expected);
  }

  #close(): boolean {
    this.#closers.pop();
    return this.#go(this.#at + 1, this.#afterValue());
  }

  #afterValue(): Expected {
    return this.#closers.length === 0 ? 'nothing' : 'comma-or-end';
  }

  #go(to: number | undefined, expected: Expected): boolean {
    if (to === undefined) return false;
    this.#at = to;
    this.#expected = expected;
    return true;
  }

  /** The end of what the sticky pattern matches at a place, or undefined. */
  #skip(pattern: RegExp, from = this.#at): number | undefined {
    pattern.lastIndex = from;
    return pattern.test(this.text) ? pattern.lastIndex : undefined;
  }

  /** Behind the closing quote; undefined where no sound string stands. A loop, so that length is harmless. */
  #endOfString(): number | undefined {
    if (this.text.charCodeAt(this.#at) !== QUOTE) return undefined;
    let next: number | undefined = this.#at + 1;
    while (next !== undefined && next < this.text.length) {
      const code = this.text.charCodeAt(next);
      if (code === QUOTE) return next + 1;
      if (code < FIRST_PRINTABLE) return undefined;
      next = code === BACKSLASH ? this.#skip(ESCAPE, next) : next + 1;
    }
    return undefined;
  }

  /** A string opens here and the text has no further quote, as when a body was cut. */
  #isCutString(): boolean {
    return this.text.charCodeAt(this.#at) === QUOTE && !this.text.includes('"', this.#at + 1);
  }
}
