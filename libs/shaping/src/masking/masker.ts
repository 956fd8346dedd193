import { placeholderOf } from './placeholder.js';
import { WordMatcher } from './word-matcher.js';

/** Tries for a placeholder that holds none of the words and is nobody else's. */
const MAX_ROUNDS = 64;

/** Escapes of any depth: JSON in a text of JSON has several backslashes. */
const ESCAPE = /\\+(?:u([0-9a-f]{4})|([^]))/gi;
const WHITE_ESCAPES = 'bfnrt';
/** A word whose first letter reads as a white escape where a real backslash stands before it, as in `C:\nord`. */
const BEGINS_LIKE_WHITE = /^[bfnrt]/i;
/** What an escape could be mistaken for, or a word that has escapes of its own: whole bodies cannot be searched for them. */
const UNSEARCHABLE = /\\|^u[0-9a-f]{4}/i;

export interface MaskerOptions {
  /** 2 to 200 characters each; case does not matter. */
  readonly words: readonly string[];
  /** What placeholders are made with: without it nobody can try words out. */
  readonly key: string | Buffer;
}

/** The words of one account, ready to be found. Immutable; shared by all requests of a snapshot. */
export class Masker {
  readonly #key: string | Buffer;
  readonly #matcher: WordMatcher;
  /** For bodies; undefined = the words cannot be told apart from escapes. */
  readonly #bodyMatcher: WordMatcher | undefined;
  readonly #searched = new WeakMap<Buffer, boolean>();

  constructor({ words, key }: MaskerOptions) {
    this.#key = key;
    const forms = words.flatMap((word) => [word, word.normalize('NFC'), word.normalize('NFD')]);
    this.#matcher = new WordMatcher(forms);
    if (!forms.some((form) => UNSEARCHABLE.test(form))) {
      const misread = forms.filter((form) => BEGINS_LIKE_WHITE.test(form)).map((form) => ` ${form.slice(1)}`);
      this.#bodyMatcher = new WordMatcher([...forms, ...misread]);
    }
  }

  /** Whether a word stands in the text. */
  occursIn(text: string): boolean {
    return this.#matcher.occursIn(text);
  }

  /** Whether a word may stand in a JSON body, however it is escaped. Never false where one does. */
  mayOccurIn(body: Buffer): boolean {
    let known = this.#searched.get(body);
    if (known === undefined) {
      known = this.#bodyMatcher?.occursIn(unescaped(body.toString())) ?? true;
      this.#searched.set(body, known);
    }
    return known;
  }

  /** The places of all words in a text. */
  matches(text: string): readonly { readonly start: number; readonly end: number }[] {
    return this.#matcher.matches(text);
  }

  /** A placeholder for a spelling. @param isTaken whether one stands for another spelling of the same exchange */
  placeholderFor(spelling: string, isTaken: (placeholder: string) => boolean): string {
    let placeholder = '';
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      placeholder = placeholderOf(this.#key, spelling, round);
      if (!isTaken(placeholder) && !this.occursIn(placeholder)) return placeholder;
    }
    return placeholder; // there are so many short words of digits that one of them stands in every placeholder
  }
}

function unescaped(json: string): string {
  if (!json.includes('\\')) return json;
  return json.replace(ESCAPE, (_escape, code: string | undefined, character: string | undefined) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return WHITE_ESCAPES.includes(character ?? '') ? ' ' : (character ?? '');
  });
}
