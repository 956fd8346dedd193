import { foldUnit } from './fold-unit.js';

/** A place in a text. */
interface Match {
  readonly start: number;
  /** Behind the last unit. */
  readonly end: number;
}

const UNITS = 0x1_0000;
const ROOT = 0;
const NONE = 0;

/**
 * Finds any of many words in one pass, whatever their case (Aho and Corasick): each unit of the text is looked at once, however
 * many words there are, and again only behind a word that was found, at most as far as the longest word reaches. Of words that
 * begin at one place the longest counts; of words that overlap the one that begins first.
 */
export class WordMatcher {
  // The trie, a state by its number: its first child, the next child of its parent, and what leads to it.
  readonly #firstChild: number[] = [NONE];
  readonly #nextSibling: number[] = [NONE];
  readonly #unit: number[] = [NONE];
  readonly #depth: number[] = [0];
  /** The state of the longest other word that a state's text ends with the beginning of. */
  readonly #fallback: number[] = [ROOT];
  /** The length of the longest word that a state's text ends with; 0 = none. */
  readonly #matchLength: number[] = [0];
  /** The root's children by unit: most of a text is passed over here. */
  readonly #begins = new Int32Array(UNITS);

  constructor(words: readonly string[]) {
    for (const word of words) if (word !== '') this.#add(word);
    this.#link();
  }

  /** Whether one of the words stands in the text. */
  occursIn(text: string): boolean {
    return this.#find(text, 0) !== undefined;
  }

  /** The places of all words, from first to last. */
  matches(text: string): readonly Match[] {
    const found: Match[] = [];
    for (let match = this.#find(text, 0); match !== undefined; match = this.#find(text, match.end)) found.push(match);
    return found;
  }

  #find(text: string, from: number): Match | undefined {
    let state = ROOT;
    let best: Match | undefined;
    for (let at = from; at < text.length; at += 1) {
      state = this.#step(state, foldUnit(text.charCodeAt(at)));
      if (state === ROOT && best === undefined) continue;
      const end = at + 1;
      // what is still being read begins behind the word that was found
      if (best !== undefined && end - (this.#depth[state] ?? 0) > best.start) return best;
      const length = this.#matchLength[state] ?? 0;
      if (length > 0 && (best === undefined || end - length <= best.start)) best = { start: end - length, end };
    }
    return best;
  }

  #step(from: number, unit: number): number {
    for (let state = from; state !== ROOT; state = this.#fallback[state] ?? ROOT) {
      const child = this.#child(state, unit);
      if (child !== NONE) return child;
    }
    return this.#begins[unit] ?? ROOT;
  }

  #child(state: number, unit: number): number {
    if (state === ROOT) return this.#begins[unit] ?? NONE;
    let child = this.#firstChild[state] ?? NONE;
    while (child !== NONE && this.#unit[child] !== unit) child = this.#nextSibling[child] ?? NONE;
    return child;
  }

  #add(word: string): void {
    let state = ROOT;
    for (let at = 0; at < word.length; at += 1) {
      const unit = foldUnit(word.charCodeAt(at));
      state = this.#child(state, unit) || this.#grow(state, unit);
    }
    this.#matchLength[state] = word.length;
  }

  #grow(parent: number, unit: number): number {
    const state = this.#unit.length;
    this.#unit.push(unit);
    this.#firstChild.push(NONE);
    this.#nextSibling.push(this.#firstChild[parent] ?? NONE);
    this.#firstChild[parent] = state;
    this.#depth.push((this.#depth[parent] ?? 0) + 1);
    this.#fallback.push(ROOT);
    this.#matchLength.push(0);
    if (parent === ROOT) this.#begins[unit] = state;
    return state;
  }

  /** Level by level: what a state falls back to is shorter, and so already linked. */
  #link(): void {
    const queue: number[] = [ROOT];
    for (const state of queue) {
      for (let child = this.#firstChild[state] ?? NONE; child !== NONE; child = this.#nextSibling[child] ?? NONE) {
        queue.push(child);
        if (state === ROOT) continue;
        const fallback = this.#step(this.#fallback[state] ?? ROOT, this.#unit[child] ?? NONE);
        this.#fallback[child] = fallback;
        if (this.#matchLength[child] === 0) this.#matchLength[child] = this.#matchLength[fallback] ?? 0;
      }
    }
  }
}
