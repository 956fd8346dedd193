import { hashDigits } from './deterministic-id.js';

/** What a vendor allows in the ids or names of tools. */
export interface SpellingRule {
  /** Matches one character that is not allowed; needs the `g` flag. Each becomes `_`. */
  readonly disallowed: RegExp;
  /** Longest spelling in characters; longer ones end in `_` and a hash. */
  readonly maxChars: number;
}

/** Hash digits at the end of a shortened spelling. */
const HASH_DIGITS = 16;

/**
 * Our clients' spellings of tool ids or names ↔ spellings that a vendor accepts. Two different originals never share a
 * spelling: the later one gets `_2`, `_3` …. The same originals in the same order give the same spellings, in every process.
 * One map serves one request.
 *
 * ```ts
 * const names = new SpellingMap({ disallowed: /[^a-zA-Z0-9_-]/g, maxChars: 64 }, tools.map(({ name }) => name));
 * names.toWire('mcp.read file'); // 'mcp_read_file'
 * names.toOriginal('mcp_read_file'); // 'mcp.read file'
 * ```
 */
export class SpellingMap {
  readonly #rule: SpellingRule;
  readonly #wire = new Map<string, string>();
  readonly #original = new Map<string, string>();

  /** @param known originals that are known beforehand; those that the vendor accepts as they are keep their spelling */
  constructor(rule: SpellingRule, known: Iterable<string> = []) {
    this.#rule = rule;
    const originals = [...known];
    for (const original of originals) if (this.#spell(original) === original) this.#claim(original, original);
    for (const original of originals) this.toWire(original);
  }

  /** Whether every known original is spelled as it was. */
  get isIdentity(): boolean {
    for (const [original, wire] of this.#wire) if (original !== wire) return false;
    return true;
  }

  toWire(original: string): string {
    const known = this.#wire.get(original);
    if (known !== undefined) return known;
    const spelling = this.#spell(original);
    let wire = spelling;
    for (let copy = 2; this.#original.has(wire); copy += 1) wire = this.#withSuffix(spelling, `_${copy}`);
    this.#claim(original, wire);
    return wire;
  }

  /**
   * The original of a vendor's spelling. Models change the case of names: a spelling that differs in case only is found when
   * just one does. What is not known comes back as it is.
   */
  toOriginal(wire: string): string {
    const exact = this.#original.get(wire);
    if (exact !== undefined) return exact;
    const lower = wire.toLowerCase();
    const similar = [...this.#original.keys()].filter((known) => known.toLowerCase() === lower);
    const [only] = similar;
    return similar.length === 1 && only !== undefined ? (this.#original.get(only) ?? wire) : wire;
  }

  #spell(original: string): string {
    const { disallowed, maxChars } = this.#rule;
    const allowed = original.replace(disallowed, '_');
    if (allowed.length <= maxChars) return allowed;
    return this.#withSuffix(allowed, `_${hashDigits(original, HASH_DIGITS)}`);
  }

  #withSuffix(spelling: string, suffix: string): string {
    return spelling.slice(0, this.#rule.maxChars - suffix.length) + suffix;
  }

  #claim(original: string, wire: string): void {
    this.#wire.set(original, wire);
    this.#original.set(wire, original);
  }
}
