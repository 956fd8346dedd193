import { createHmac } from 'node:crypto';
import { PLACEHOLDER_HEAD as HEAD } from '@sluice/config';

/** 40 bits: two of ten thousand words share them once in twenty thousand times, and then one of them gets others. */
const DIGITS = 10;
export const PLACEHOLDER_CHARACTERS = HEAD.length + DIGITS;

/** Placeholders in a text; models write them in other cases where a name has to. */
export const PLACEHOLDER = new RegExp(`${HEAD}[0-9a-f]{${DIGITS}}`, 'gi');

/** A beginning of a placeholder at the end of a text: `M(?:A(?: … )?)?$`. */
const BEGINNING = new RegExp(
  `${[...HEAD].reduceRight((rest, letter) => `${letter}(?:${rest})?`, `[0-9a-f]{0,${DIGITS - 1}}`)}$`,
  'i',
);

/**
 * What stands for a word while it is away: a name without brackets, so that it may stand in identifiers, paths and names of
 * members, which code is full of. The same for the same spelling and key; without the key nobody can tell for which.
 * @param round another number gives another placeholder
 */
export function placeholderOf(key: string | Buffer, spelling: string, round: number): string {
  return HEAD + createHmac('sha256', key).update(`${round}:${spelling}`).digest('hex').slice(0, DIGITS);
}

/** Where a placeholder may have begun that the rest of the text would end; the text's length where none has. */
export function beginningOfPlaceholder(text: string): number {
  const from = Math.max(0, text.length - PLACEHOLDER_CHARACTERS + 1);
  const at = text.slice(from).search(BEGINNING);
  return at === -1 ? text.length : from + at;
}
