import { type Random } from '../random.js';
import { placesIn, putAt, removeAt, valueAt, type Place, type Tree } from './json-places.js';
import { ODD_NAMES, ODD_NUMBERS, ODD_TEXTS, ODD_VALUES } from './odd-values.js';

const MAX_CHANGES = 4;
const MAX_REPEATS = 40;
/** Far beyond what a recursive reader survives, and still a small body. */
const NEST_DEPTHS = [3, 60, 600, 12_000];
/** Stands where a deep structure is put in as text: the engine's own writer would not survive it. */
const NEST_MARK = '"\u0001nest\u0001"';

/** What an earlier mutation made deep is not written again. */
const DEEP =
  /\[{60}|(?:\{"a":){60}|(?:"properties":\{"a":\{"type":"object",){60}|(?:"content":\[\{"type":"tool_result","tool_use_id":"a",){60}/;

type Change = (place: Place, random: Random, places: readonly Place[]) => void;

const CHANGES: readonly Change[] = [
  (place) => removeAt(place),
  (place) => removeAt(place),
  (place, random) => putAt(place, clone(random.pick(ODD_VALUES))),
  (place, random) => putAt(place, changed(valueAt(place), random)),
  (place, random) => putAt(place, changed(valueAt(place), random)),
  (place, random, places) => putAt(place, clone(valueAt(random.pick(places)))),
  (place, random, places) => putAt(place, clone(valueAt(random.pick(places)))),
  ({ holder }, random, places) => insert(holder, clone(valueAt(random.pick(places))), random),
  (place, random) => repeat(place, random),
  ({ holder }, random) => shuffle(holder, random),
  (place) => putAt(place, [clone(valueAt(place))]),
  (place, random) => rename(place, random),
];

/**
 * A JSON text with a few changes that know the grammar: members go, come, change their type, repeat and swap with others.
 * @param text a JSON text; anything else comes back as it is
 */
export function mutateJson(text: string, random: Random): string {
  const root = parseTree(text);
  if (root === undefined || DEEP.test(text)) return text;
  for (let changes = 1 + random.below(MAX_CHANGES); changes > 0; changes -= 1) {
    const places = placesIn(root);
    if (places.length > 0) random.pick(CHANGES)(random.pick(places), random, places);
  }
  if (!random.oneIn(150)) return respelt(JSON.stringify(root), random);
  const places = placesIn(root);
  if (places.length > 0) putAt(random.pick(places), NEST_MARK.slice(1, -1));
  return JSON.stringify(root).replace(JSON.stringify(NEST_MARK.slice(1, -1)), nest(random));
}

function parseTree(text: string): Tree | undefined {
  try {
    return JSON.parse(text) as Tree; // whatever JSON says is a tree
  } catch {
    return undefined; // a sample that is no JSON is mutated as bytes only
  }
}

function clone(value: unknown): Tree {
  return structuredClone(value) as Tree; // only trees are put into trees
}

function changed(value: Tree, random: Random): Tree {
  if (typeof value === 'number') return random.oneIn(2) ? value + random.pick([-1, 1, 0.5]) : random.pick(ODD_NUMBERS);
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return changedText(value, random);
  if (Array.isArray(value)) return value.slice(random.below(value.length));
  return value === null ? clone(random.pick(ODD_VALUES)) : Object.values(value);
}

function changedText(text: string, random: Random): string {
  const cut = random.below(text.length + 1);
  switch (random.below(5)) {
    case 0:
      return random.pick(ODD_TEXTS);
    case 1:
      return text.slice(0, cut);
    case 2:
      return text.slice(0, cut) + random.pick(ODD_TEXTS) + text.slice(cut);
    case 3:
      return text.repeat(1 + random.below(4));
    default:
      return text.toUpperCase();
  }
}

function insert(holder: Place['holder'], value: Tree, random: Random): void {
  if (Array.isArray(holder)) holder.splice(random.below(holder.length + 1), 0, value);
  else putAt({ holder, key: random.pick(ODD_NAMES) }, value);
}

function repeat({ holder, key }: Place, random: Random): void {
  if (!Array.isArray(holder)) return;
  const value = holder[Number(key)] ?? null;
  holder.push(...Array.from({ length: 1 + random.below(MAX_REPEATS) }, () => clone(value)));
}

function shuffle(holder: Place['holder'], random: Random): void {
  if (!Array.isArray(holder)) return;
  const from = random.below(holder.length);
  const [moved] = holder.splice(from, 1);
  if (moved !== undefined) holder.splice(random.below(holder.length + 1), 0, moved);
}

function rename(place: Place, random: Random): void {
  if (Array.isArray(place.holder)) return;
  const value = valueAt(place);
  removeAt(place);
  putAt({ holder: place.holder, key: random.pick(ODD_NAMES) }, value);
}

function nest(random: Random): string {
  const depth = random.pick(NEST_DEPTHS);
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"a":', '}'],
    ['{"type":"object","properties":{"a":', '}}'],
    ['[{"type":"tool_result","tool_use_id":"a","content":', '}]'],
  ] as const);
  return `${open.repeat(depth)}1${close.repeat(depth)}`;
}

/** The same value in other words, or words that only look like it. */
function respelt(json: string, random: Random): string {
  switch (random.below(24)) {
    case 0:
      return json.replace(/"(\w+)":/, '"$1":null,"$1":');
    case 1:
      return json.replace(/[aeiou]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
    case 2:
      return `\ufeff${json}`;
    case 3:
      return json.replaceAll(',', ' ,\n\t');
    case 4:
      return json.replace(/\d+/, random.pick(['1e999', '-1e999', '00', '1E400', '12345678901234567890']));
    case 5:
      return json.replace(/}$/, ',}');
    default:
      return json;
  }
}
