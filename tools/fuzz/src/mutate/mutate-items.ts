import type { Random } from '../random.js';

const MAX_CHANGES = 3;
const MAX_REPEATS = 30;

/**
 * A sequence with a few of its items lost, doubled, moved, taken from another sequence or changed.
 * @param change changes one item
 */
export function mutateItems<T>(
  items: readonly T[],
  { others, change }: { readonly others: readonly T[]; readonly change: (item: T) => T },
  random: Random,
): readonly T[] {
  const changed = [...items];
  for (let changes = 1 + random.below(MAX_CHANGES); changes > 0; changes -= 1) {
    const at = random.below(changed.length);
    const item = changed[at];
    if (item === undefined) return changed;
    switch (random.below(8)) {
      case 0:
        changed.splice(at, 1);
        break;
      case 1:
        changed.splice(random.below(changed.length), 0, item);
        break;
      case 2:
        changed.splice(random.below(changed.length), 0, ...changed.splice(at, 1));
        break;
      case 3:
        if (others.length > 0) changed.splice(at, 0, random.pick(others));
        break;
      case 4:
        if (random.oneIn(8)) changed.splice(at, 0, ...Array.from({ length: random.below(MAX_REPEATS) }, () => item));
        else if (random.oneIn(3)) changed.length = at;
        break;
      default:
        changed[at] = change(item);
    }
  }
  return changed;
}
