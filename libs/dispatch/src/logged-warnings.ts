import type { TranslationWarning } from '@sluice/core';

/** More warnings of one request are counted, not listed. */
export const MAX_LOGGED_WARNINGS = 20;
/** UTF-16 units of each sentence and place; a client's names of tools and members are among them. */
export const MAX_LOGGED_WARNING_CHARS = 200;

/** The warnings as one line of a log may hold them: the first ones, each cut to a bound. */
export function loggedWarnings(warnings: readonly TranslationWarning[]): readonly TranslationWarning[] {
  return warnings.slice(0, MAX_LOGGED_WARNINGS).map(({ path, effect, message }) => ({
    path: cut(path),
    effect,
    message: cut(message),
  }));
}

function cut(text: string): string {
  return text.length <= MAX_LOGGED_WARNING_CHARS ? text : `${text.slice(0, MAX_LOGGED_WARNING_CHARS)}…`;
}
