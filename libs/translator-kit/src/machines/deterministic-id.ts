import { createHash } from 'node:crypto';

/** Hexadecimal digits of an id: 96 bits, more than enough for the calls of one conversation. */
const ID_DIGITS = 24;

/**
 * An id for something that its format left without one. The same parts give the same id on every replica and every retry:
 * a random one would break vendors' prompt caches.
 *
 * @param prefix what ids of the format begin with (`call_`, `toolu_`)
 * @param parts what makes the thing unique: request id and ordinal, or position, name and arguments
 */
export function deterministicId(prefix: string, parts: readonly (string | number)[]): string {
  return prefix + hashDigits(JSON.stringify(parts), ID_DIGITS);
}

/** The first `digits` hexadecimal digits of the text's SHA-256. */
export function hashDigits(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}
