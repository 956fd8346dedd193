/** Tells whether a whole name matches. */
export type Glob = (name: string) => boolean;

const ANY_RUN = '*';
const ANY_ONE = '?';
const WILDCARD = /[*?]/;

/** Whether a pattern stands for more than the one name that it spells. */
export function hasWildcard(pattern: string): boolean {
  return WILDCARD.test(pattern);
}

/**
 * Compiles a pattern over model names: `*` is any run of characters, also none and also with `/`; `?` is exactly one (a UTF-16
 * unit). Everything else, letter case included, is itself, and the whole name must match. There are no escapes.
 * A match costs at most the product of both lengths: no pattern makes it explode.
 */
export function compileGlob(pattern: string): Glob {
  if (!hasWildcard(pattern)) return (name) => name === pattern;
  const prefix = pattern.slice(0, -1);
  if (pattern.endsWith(ANY_RUN) && !hasWildcard(prefix)) return (name) => name.startsWith(prefix);
  return (name) => matches(pattern, name);
}

/**
 * Walks both texts once and remembers only the last `*`: when something later does not fit, that `*` takes one character more.
 * Earlier ones never need another look, because the last one can take over whatever they would have given up.
 */
function matches(pattern: string, name: string): boolean {
  let at = 0;
  let nameAt = 0;
  let starAt = -1;
  let starTakesTo = 0;
  while (nameAt < name.length) {
    const wanted = pattern[at];
    if (wanted === ANY_RUN) {
      starAt = at;
      starTakesTo = nameAt;
      at += 1;
    } else if (wanted === ANY_ONE || wanted === name[nameAt]) {
      at += 1;
      nameAt += 1;
    } else if (starAt >= 0) {
      starTakesTo += 1;
      nameAt = starTakesTo;
      at = starAt + 1;
    } else {
      return false;
    }
  }
  while (pattern[at] === ANY_RUN) at += 1;
  return at === pattern.length;
}
