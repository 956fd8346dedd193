const UNITS = 0x1_0000;
const BLANK = 0x20;
const WHITE_SPACE = /\s/;

/** By UTF-16 unit; 0 = not asked for yet. */
const FOLDED = new Uint16Array(UNITS);

/**
 * A UTF-16 unit without its case; all white space is one blank, so that a line break inside a name hides nothing. Always one
 * unit for one: places in the folded text are places in the text. Scripts outside the basic plane keep their case.
 */
export function foldUnit(unit: number): number {
  const known = FOLDED[unit];
  if (known !== undefined && known !== 0) return known;
  const folded = fold(unit);
  FOLDED[unit] = folded;
  return folded;
}

/** By way of the upper case, which makes one of `σ` and `ς`. What would become several units stays as it is. */
function fold(unit: number): number {
  const character = String.fromCharCode(unit);
  if (WHITE_SPACE.test(character)) return BLANK;
  const upper = character.toUpperCase();
  const lower = (upper.length === 1 ? upper : character).toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : unit;
}
