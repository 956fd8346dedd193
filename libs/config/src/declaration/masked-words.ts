import { z } from 'zod';
import { hot } from './setting.js';

const MIN_CHARACTERS = 2;
const MAX_CHARACTERS = 200;
const MAX_WORDS = 1_000;
/** What everything begins with that stands for a masked word. */
export const PLACEHOLDER_HEAD = 'MASK_';

/** Words that no vendor is to read. @param description one sentence: of whose calls */
export function maskedWords(description: string) {
  return hot(
    z
      .array(maskedWord())
      .refine((words) => words.length <= MAX_WORDS, `has more than ${MAX_WORDS} words`)
      .meta({ type: `a list of at most ${MAX_WORDS} words` })
      .default([]),
    description,
    { secret: true },
  );
}

function maskedWord() {
  return z
    .string()
    .refine(
      (word) => word.length >= MIN_CHARACTERS && word.length <= MAX_CHARACTERS,
      `must have ${MIN_CHARACTERS} to ${MAX_CHARACTERS} characters`,
    )
    .refine((word) => word === word.trim(), 'begins or ends with white space')
    .refine(
      (word) => !PLACEHOLDER_HEAD.includes(word.toUpperCase()),
      `is a part of ${PLACEHOLDER_HEAD}, with which everything begins that stands for a masked word`,
    )
    .meta({ type: `text of ${MIN_CHARACTERS} to ${MAX_CHARACTERS} characters` });
}
