import type { Masker } from './masker.js';
import { PLACEHOLDER } from './placeholder.js';

/**
 * Which placeholder stands for which word, for one exchange: a placeholder that it did not make itself is left alone. As large
 * as the words that occur, spelled in so many ways.
 */
export class WordMask {
  readonly #placeholders = new Map<string, string>();
  /** By the placeholder in lower case. */
  readonly #spellings = new Map<string, string>();
  #count = 0;

  constructor(private readonly masker: Masker) {}

  /** How many words were masked. */
  get count(): number {
    return this.#count;
  }

  /** Whether a word stands in the text. */
  occursIn(text: string): boolean {
    return this.masker.occursIn(text);
  }

  /** The text without the words. */
  mask(text: string): string {
    let masked = '';
    let at = 0;
    for (const { start, end } of this.matches(text)) {
      masked += text.slice(at, start) + this.placeholderFor(text.slice(start, end));
      at = end;
    }
    return at === 0 ? text : masked + text.slice(at);
  }

  /** The text with the words in it again. @param spell how a word is written there; default: as it is */
  restore(text: string, spell: (word: string) => string = asItIs): string {
    if (this.#spellings.size === 0) return text;
    return text.replace(PLACEHOLDER, (found) => {
      const lower = found.toLowerCase();
      const spelling = this.#spellings.get(lower);
      if (spelling === undefined) return found;
      if (found === this.#placeholders.get(spelling)) return spell(spelling);
      return spell(found === lower ? spelling.toLowerCase() : spelling.toUpperCase());
    });
  }

  /** The places of all words in a text. */
  matches(text: string): ReturnType<Masker['matches']> {
    return this.masker.matches(text);
  }

  /** What stands for a word, spelled like this. */
  placeholderFor(spelling: string): string {
    this.#count += 1;
    const known = this.#placeholders.get(spelling);
    if (known !== undefined) return known;
    const made = this.masker.placeholderFor(spelling, (placeholder) => this.#spellings.has(placeholder.toLowerCase()));
    this.#placeholders.set(spelling, made);
    this.#spellings.set(made.toLowerCase(), spelling);
    return made;
  }
}

function asItIs(word: string): string {
  return word;
}
