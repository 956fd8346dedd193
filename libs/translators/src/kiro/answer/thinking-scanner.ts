import { beginningAtEnd } from './beginning-at-end.js';
import { END_TAG, findThinkingEnd, findThinkingStart, START_TAG, type TagPlace } from './find-thinking-tag.js';

/** Line breaks that only separate the end tag from the answer. */
const BREAKS_BEHIND_END = /^\n{0,2}/;

export type ThinkingPiece = (kind: 'text' | 'reasoning', text: string) => void;

/**
 * Tells thinking in tags from text, in pieces as they come. The model is taught to write `<thinking>` before its answer, but
 * it also writes about the tags, begins a second time in the middle, and forgets the empty line behind the end; so this is
 * not the kit's splitter, which knows one region at the beginning.
 *
 * ```text
 *  text ──start tag that is meant──▶ thinking ──end tag that is meant──▶ text
 * ```
 *
 * Dropped are the tags, one line break behind a start tag, two behind an end tag, and white space that stands alone before a
 * region. Every cutting of the text gives the same characters of each kind. Holds back at most a tag and what decides on it.
 */
export class ThinkingScanner {
  #held = '';
  #isThinking = false;
  /** Whether nothing but white space came since the answer or the last region. */
  #isFresh = true;
  /** The last character that was let go. */
  #previous = '';

  constructor(private readonly piece: ThinkingPiece) {}

  push(text: string): void {
    this.#held += text;
    this.#scan(false);
  }

  /** The text is over, or something else begins: lets go of what is held. A region that is open ends here. */
  flush(): void {
    this.#scan(true);
    this.#held = '';
    this.#isThinking = false;
    this.#isFresh = true;
    this.#previous = '';
  }

  #scan(isLast: boolean): void {
    while (this.#isThinking ? this.#leave(isLast) : this.#enter(isLast));
  }

  /** @returns whether a region began */
  #enter(isLast: boolean): boolean {
    const context = { previous: this.#previous, isFresh: this.#isFresh, isLast };
    const start = findThinkingStart(this.#held, context);
    this.#releaseText(this.#endOfSure(start, START_TAG, isLast));
    if (start?.isCertain !== true) return false;
    const rest = this.#held.slice(this.#held.indexOf(START_TAG) + START_TAG.length);
    this.#turn(rest.startsWith('\n') ? rest.slice(1) : rest, true);
    return true;
  }

  /** @returns whether the region ended */
  #leave(isLast: boolean): boolean {
    const end = findThinkingEnd(this.#held, { previous: this.#previous, isLast });
    this.#release('reasoning', this.#endOfSure(end, END_TAG, isLast));
    if (end?.isCertain !== true) return false;
    this.#turn(this.#held.slice(END_TAG.length).replace(BREAKS_BEHIND_END, ''), false);
    return true;
  }

  /** Up to where the kind of the text is known. */
  #endOfSure(place: TagPlace | undefined, tag: string, isLast: boolean): number {
    if (place !== undefined) return place.at;
    return this.#held.length - (isLast ? 0 : beginningAtEnd(this.#held, tag));
  }

  #turn(rest: string, isThinking: boolean): void {
    this.#held = rest;
    this.#isThinking = isThinking;
    this.#isFresh = !isThinking;
    this.#previous = '';
  }

  /** White space that may turn out to stand alone stays. */
  #releaseText(length: number): void {
    if (this.#isFresh && this.#held.slice(0, length).trim() === '') return;
    this.#isFresh = false;
    this.#release('text', length);
  }

  #release(kind: 'text' | 'reasoning', length: number): void {
    if (length === 0) return;
    const text = this.#held.slice(0, length);
    this.#previous = text.charAt(length - 1);
    this.#held = this.#held.slice(length);
    this.piece(kind, text);
  }
}
