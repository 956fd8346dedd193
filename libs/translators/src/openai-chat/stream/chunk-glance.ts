import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';
import { objectsMember } from '@sluice/translator-kit';

const NO_CHOICES: readonly JsonObject[] = [];

/** The choices of a chunk, without a copy where all entries are objects, which they always are. */
export function choicesOf(chunk: JsonObject): readonly JsonObject[] {
  const choices = chunk['choices'];
  if (!Array.isArray(choices)) return NO_CHOICES;
  return choices.every(isJsonObject) ? choices : objectsMember(chunk, 'choices');
}

/** Whether to search a chunk for an error. A cheap look that spares most chunks the search. */
export function mayHoldError(chunk: JsonObject, choices: readonly JsonObject[]): boolean {
  return isThere(chunk['error']) || chunk['object'] === 'error' || choices.some((choice) => isThere(choice['error']));
}

/** The same for usage. */
export function mayHoldUsage(chunk: JsonObject, choices: readonly JsonObject[]): boolean {
  return isThere(chunk['usage']) || isThere(chunk['x_groq']) || choices.some((choice) => isThere(choice['usage']));
}

/** Absent and null are how vendors say "nothing". */
export function isThere(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null;
}
