import { distance } from 'fastest-levenshtein';

/** Shorter words are contained in others by chance. */
const MIN_CONTAINED_CHARACTERS = 3;

/** The candidate that a name was probably meant to be: case and dashes aside, a few wrong letters, or one word of it. */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const wanted = normaliseName(name);
  const tolerated = Math.ceil(wanted.length / 3);
  const [best] = candidates
    .map((candidate) => ({ candidate, strangeness: strangenessOf(wanted, normaliseName(candidate)) }))
    .sort((left, right) => left.strangeness - right.strangeness);
  if (best !== undefined && best.strangeness <= tolerated) return best.candidate;
  return candidates.find((candidate) => isContained(wanted, normaliseName(candidate)));
}

/** `base-url`, `base_url` and `BaseURL` are one name for a reader. */
export function normaliseName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, '');
}

/** The sentence that offers the nearest name, if one is near. */
export function suggestNearest(name: string, candidates: readonly string[]): { readonly fix?: string } {
  const nearest = nearestName(name, candidates);
  return nearest === undefined ? {} : { fix: `Did you mean ${nearest}?` };
}

/** Edits, less half of the common beginning: people misspell the end of a word sooner than its start. */
function strangenessOf(wanted: string, known: string): number {
  const mismatch = [...wanted].findIndex((letter, index) => letter !== known[index]);
  return distance(wanted, known) - (mismatch < 0 ? wanted.length : mismatch) / 2;
}

function isContained(left: string, right: string): boolean {
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  return short.length >= MIN_CONTAINED_CHARACTERS && long.includes(short);
}
