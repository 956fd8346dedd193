import { distance } from 'fastest-levenshtein';

const MAX_NEAR_NAMES = 3;
/** The work for one wrong name stays small: longer names are not compared, in characters. */
const MAX_COMPARED_LENGTH = 128;
/** And of very many names only the first of about the right length are. */
const MAX_COMPARED_NAMES = 2_000;
/** A slip changes at most a third of a name, or this many characters of a short one. */
const MIN_ALLOWED_DISTANCE = 2;

/** The names that somebody may have meant, nearest first, at most three. Letter case does not count as a difference. */
export function nearNames(name: string, names: readonly string[]): readonly string[] {
  if (name.length > MAX_COMPARED_LENGTH) return [];
  const allowed = Math.max(MIN_ALLOWED_DISTANCE, Math.floor(name.length / 3));
  const wanted = name.toLowerCase();
  return names
    .filter((known) => Math.abs(known.length - name.length) <= allowed)
    .slice(0, MAX_COMPARED_NAMES)
    .map((known) => ({ known, far: distance(wanted, known.toLowerCase()) }))
    .filter(({ far }) => far <= allowed)
    .sort((one, other) => one.far - other.far)
    .slice(0, MAX_NEAR_NAMES)
    .map(({ known }) => known);
}
