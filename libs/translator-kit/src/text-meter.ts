const BACKSLASH = 0x5c;
const QUOTE = 0x22;
const COLON = 0x3a;
const SPACE = 0x20;

/**
 * Adds up how much text the events of one stream bring, without parsing them: of each the first of its members of these names
 * that is a text and not empty. Escapes count as the characters they are written with.
 *
 * Hot path: it runs for every event of every stream that passes. The events of a stream are alike, so that the text mostly
 * stands where it stood before: looking there first takes 0.07 µs, searching 0.2 µs, and parsing would take 1.6 µs.
 */
export class TextMeter {
  readonly #names: readonly string[];
  #chars = 0;
  #lastName = '';
  #lastAt = -1;

  /** @param names with their quotes, as in `"content"`: an escaped quote inside a text never looks like one of them */
  constructor(names: readonly string[]) {
    this.#names = names;
  }

  get chars(): number {
    return this.#chars;
  }

  see(json: string): void {
    this.#chars += this.#lengthAtLastPlace(json) || this.#search(json);
  }

  #lengthAtLastPlace(json: string): number {
    const isThere = this.#lastAt !== -1 && json.startsWith(this.#lastName, this.#lastAt);
    return isThere ? lengthOfTextAt(json, this.#lastAt + this.#lastName.length) : 0;
  }

  #search(json: string): number {
    for (const name of this.#names) {
      const at = json.indexOf(name);
      const length = at === -1 ? 0 : lengthOfTextAt(json, at + name.length);
      if (length === 0) continue;
      this.#lastName = name;
      this.#lastAt = at;
      return length;
    }
    return 0;
  }
}

/** How long all texts of these members are together, in a whole answer. @param names with their quotes */
export function memberTextLengths(json: string, names: readonly string[]): number {
  let sum = 0;
  for (const name of names) {
    for (let at = json.indexOf(name); at !== -1; at = json.indexOf(name, at + name.length)) {
      sum += lengthOfTextAt(json, at + name.length);
    }
  }
  return sum;
}

/** Of the value behind a member's name. 0 = it is no text, or it never ends. */
function lengthOfTextAt(json: string, nameEnd: number): number {
  let at = nameEnd;
  while (json.charCodeAt(at) === SPACE) at += 1;
  if (json.charCodeAt(at) !== COLON) return 0;
  do at += 1;
  while (json.charCodeAt(at) === SPACE);
  if (json.charCodeAt(at) !== QUOTE) return 0;
  const start = at + 1;
  for (let end = json.indexOf('"', start); end !== -1; end = json.indexOf('"', end + 1)) {
    if (!isEscaped(json, end)) return end - start;
  }
  return 0;
}

function isEscaped(json: string, quote: number): boolean {
  let first = quote;
  while (json.charCodeAt(first - 1) === BACKSLASH) first -= 1;
  return (quote - first) % 2 === 1;
}
