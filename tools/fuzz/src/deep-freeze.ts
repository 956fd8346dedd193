import { expectThat } from './fuzz-fault.js';

const PROTOTYPES: ReadonlySet<unknown> = new Set([Object.prototype, Array.prototype]);

/**
 * Freezes a value and everything in it, so that whoever writes to it throws. Bytes cannot be frozen and stay as they are.
 * @throws FuzzFault when a prototype of the runtime stands in it, which a lookup by the name `__proto__` gives
 */
export function deepFreeze<T>(value: T): T {
  const waiting: unknown[] = [value];
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    if (typeof item !== 'object' || item === null || ArrayBuffer.isView(item) || Object.isFrozen(item)) continue;
    expectThat(!PROTOTYPES.has(item), 'a value holds a prototype of the runtime');
    Object.freeze(item);
    for (const member of Object.values(item)) if (typeof member === 'object' && member !== null) waiting.push(member);
  }
  return value;
}
