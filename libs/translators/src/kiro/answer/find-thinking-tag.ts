export const START_TAG = '<thinking>';
export const END_TAG = '</thinking>';

/** An end tag that no line break follows counts when so many characters came without another one. */
export const CERTAIN_AFTER_CHARS = 64;

/** Characters beside a start tag that show that it is talked about. */
const MENTION: ReadonlySet<string> = new Set('`"\'\\#!@$%^&*()-_=+[]{};:<>,.?/');
/** Pairs around an end tag that show the same. A thought may well end with a full stop. */
const WRAPPED: ReadonlySet<string> = new Set(['``', '""', "''", '()', '[]', '**', '__']);

/** A tag that is meant. Not certain = what follows will tell whether it is. */
export interface TagPlace {
  readonly at: number;
  readonly isCertain: boolean;
}

export interface TagContext {
  /** The character before the text. Default: none. */
  readonly previous?: string;
  /** Nothing but white space stands between the text and the beginning of the answer or the last region. */
  readonly isFresh?: boolean;
  /** Nothing follows the text. */
  readonly isLast?: boolean;
}

/** Where thinking begins: at the first start tag that nobody only talks about. */
export function findThinkingStart(text: string, context: TagContext = {}): TagPlace | undefined {
  const { previous = '', isFresh = false, isLast = false } = context;
  for (let at = text.indexOf(START_TAG); at >= 0; at = text.indexOf(START_TAG, at + 1)) {
    const before = at === 0 ? previous : text.charAt(at - 1);
    const after = text.charAt(at + START_TAG.length);
    const isFirst = isFresh && text.slice(0, at).trim() === '';
    if (!isFirst && MENTION.has(before)) continue;
    if (after === '') return { at, isCertain: isLast };
    if (isFirst || !MENTION.has(after)) return { at, isCertain: true };
  }
  return undefined;
}

/**
 * Where thinking ends: at an end tag that a line break or the end of the text follows, or so much text that no better end is
 * to be expected.
 */
export function findThinkingEnd(
  text: string,
  { previous = '', isLast = false }: TagContext = {},
): TagPlace | undefined {
  for (let at = text.indexOf(END_TAG); at >= 0; at = text.indexOf(END_TAG, at + 1)) {
    const before = at === 0 ? previous : text.charAt(at - 1);
    const rest = text.slice(at + END_TAG.length);
    if (WRAPPED.has(before + rest.charAt(0))) continue;
    if (rest.startsWith('\n')) return { at, isCertain: isLast || rest.length > 1 };
    if (rest.slice(0, CERTAIN_AFTER_CHARS).includes(END_TAG)) continue;
    return { at, isCertain: isLast || rest.length >= CERTAIN_AFTER_CHARS };
  }
  return undefined;
}
