import type { JsonValue } from '@sluice/core';

/** A JSON tree of our own that is being changed. */
export type Tree = Exclude<JsonValue, object> | TreeObject | Tree[];
export interface TreeObject {
  [member: string]: Tree;
}

/** A value with the container that holds it. */
export interface Place {
  readonly holder: TreeObject | Tree[];
  readonly key: string | number;
}

/** Every value in the tree but the root. */
export function placesIn(root: Tree): readonly Place[] {
  const places: Place[] = [];
  const waiting: Tree[] = [root];
  for (let tree = waiting.pop(); tree !== undefined; tree = waiting.pop()) {
    if (typeof tree !== 'object' || tree === null) continue;
    const keys = Array.isArray(tree) ? tree.keys() : Object.keys(tree);
    for (const key of keys) {
      places.push({ holder: tree, key });
      const value = valueAt({ holder: tree, key });
      if (typeof value === 'object' && value !== null) waiting.push(value);
    }
  }
  return places;
}

export function valueAt({ holder, key }: Place): Tree {
  return (holder as TreeObject)[key] ?? null; // an array's indices are members, too
}

/** Also for the name `__proto__`, which an assignment would not make a member. */
export function putAt({ holder, key }: Place, value: Tree): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

export function removeAt({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}
