import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';

/** A member that no format knows. */
export const PROBE_NAME = 'x_unknown_member';
export const PROBE_VALUE: JsonValue = { big: 1, list: [null, 'é'] };

/** The JSON pointers of all objects in a document, the root (`''`) first. */
export function objectPointers(document: JsonObject): readonly string[] {
  return [...walk(document, '')];
}

/** A copy of the document whose object at the pointer has one member more. */
export function withProbe(document: JsonObject, pointer: string): JsonObject {
  const copy = structuredClone(document);
  Object.assign(valueAt(copy, pointer) as JsonObject, { [PROBE_NAME]: PROBE_VALUE }); // a pointer of an object
  return copy;
}

/** How many objects in the document have the member. */
export function countProbes(value: JsonValue | undefined): number {
  if (Array.isArray(value)) return sum(value.map(countProbes));
  if (!isJsonObject(value)) return 0;
  const own = Object.hasOwn(value, PROBE_NAME) ? 1 : 0;
  return own + sum(Object.values(value).map(countProbes));
}

/** Whether a JSON pointer names something in the value. Pointers of ours need no escapes. */
export function hasPointer(value: unknown, pointer: string): boolean {
  const names = pointer.split('/').slice(1);
  let node = value;
  for (const name of names) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, name)) return false;
    node = Reflect.get(node, name);
  }
  return pointer === '' || pointer.startsWith('/');
}

function* walk(value: JsonValue | undefined, pointer: string): Generator<string> {
  if (isJsonObject(value)) yield pointer;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) yield* walk(member, `${pointer}/${name}`);
}

function valueAt(document: JsonObject, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], document); // the pointer was made from the document
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
