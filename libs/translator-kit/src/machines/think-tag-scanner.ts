/** Names of tags that models are taught to think in. */
export const THINK_TAGS: readonly string[] = ['think', 'thinking', 'reasoning', 'thought'];

/** White space that may stand before the open tag, in UTF-16 units; after more the text is only text. */
export const MAX_LEADING_SPACE_CHARS = 64;

/** A close tag between two of the same is talked about, not meant. */
const QUOTES = '`"\'';

export type ThinkPiece = (kind: 'text' | 'reasoning', text: string) => void;

/**
 * Finds one region of thinking at the beginning of a text that comes in pieces.
 *
 * ```text
 *  start ──open tag──▶ reasoning ──its close tag──▶ gap ──first character──▶ text
 *    └────────────────anything else──────────────────────────────────────────▲
 * ```
 *
 * Tags are matched without regard to case. White space before the open tag, after it and after the close tag is dropped.
 * Never holds back more than what may still become a tag.
 */
export class ThinkTagScanner {
  readonly #openTags: readonly string[];
  readonly #piece: ThinkPiece;
  #state: 'start' | 'reasoning' | 'gap' | 'text' = 'start';
  #closeTag = '';
  #held = '';
  /** The last character of reasoning that was let go. */
  #previous = '';

  constructor(tags: readonly string[], piece: ThinkPiece) {
    this.#openTags = tags.map((tag) => `<${tag.toLowerCase()}>`);
    this.#piece = piece;
  }

  /** Whether it is known how the text begins. */
  get hasDecided(): boolean {
    return this.#state !== 'start';
  }

  push(text: string): void {
    this.#held += text;
    this.#scan(false);
  }

  /** The text is over: lets go of what is held. An open region ends here. */
  finish(): void {
    this.#scan(true);
    const rest = this.#take(this.#held.length);
    if (this.#state === 'reasoning') this.#emit('reasoning', rest);
    else if (this.#state !== 'gap') this.#emit('text', rest);
    this.#state = 'text';
  }

  #scan(isLast: boolean): void {
    if (this.#state === 'start') this.#readStart();
    if (this.#state === 'reasoning') this.#readReasoning(isLast);
    if (this.#state === 'gap') this.#readGap();
    if (this.#state === 'text') this.#emit('text', this.#take(this.#held.length));
  }

  #readStart(): void {
    const text = this.#held.trimStart();
    if (this.#held.length - text.length > MAX_LEADING_SPACE_CHARS) {
      this.#state = 'text';
      return;
    }
    const openTag = this.#openTags.find((tag) => text.slice(0, tag.length).toLowerCase() === tag);
    if (openTag !== undefined) {
      this.#state = 'reasoning';
      this.#closeTag = `</${openTag.slice(1)}`;
      this.#held = text.slice(openTag.length);
    } else if (!this.#openTags.some((tag) => text.length < tag.length && tag.startsWith(text.toLowerCase()))) {
      this.#state = 'text';
    }
  }

  #readReasoning(isLast: boolean): void {
    if (this.#previous === '') this.#held = this.#held.trimStart();
    let from = 0;
    for (;;) {
      const at = indexOfIgnoringCase(this.#held, this.#closeTag, from);
      if (at === -1) break;
      const before = at === 0 ? this.#previous : this.#held.charAt(at - 1);
      const after = this.#held.charAt(at + this.#closeTag.length);
      const isQuote = before !== '' && QUOTES.includes(before);
      if (isQuote && after === '' && !isLast) {
        this.#letReasoningGo(at);
        return;
      }
      if (!isQuote || before !== after) {
        this.#letReasoningGo(at);
        this.#take(this.#closeTag.length);
        this.#state = 'gap';
        return;
      }
      from = at + 1;
    }
    this.#letReasoningGo(this.#held.length - lengthOfBeginning(this.#held, this.#closeTag));
  }

  #readGap(): void {
    this.#held = this.#held.trimStart();
    if (this.#held !== '') this.#state = 'text';
  }

  #letReasoningGo(length: number): void {
    const text = this.#take(length);
    if (text === '') return;
    this.#previous = text.charAt(text.length - 1);
    this.#emit('reasoning', text);
  }

  #take(length: number): string {
    const taken = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return taken;
  }

  #emit(kind: 'text' | 'reasoning', text: string): void {
    if (text !== '') this.#piece(kind, text);
  }
}

/** `tag` is lower-case ASCII. Not by `toLowerCase` on the text: that changes the length of some letters. */
function indexOfIgnoringCase(text: string, tag: string, from: number): number {
  for (let at = text.indexOf('<', from); at !== -1; at = text.indexOf('<', at + 1)) {
    if (text.slice(at, at + tag.length).toLowerCase() === tag) return at;
  }
  return -1;
}

/** How many characters at the end of the text are the beginning of the tag. */
function lengthOfBeginning(text: string, tag: string): number {
  const at = text.lastIndexOf('<');
  if (at === -1 || text.length - at >= tag.length) return 0;
  return tag.startsWith(text.slice(at).toLowerCase()) ? text.length - at : 0;
}
