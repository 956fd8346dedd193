import type { WireFormat } from './wire-format.js';

/** One key for every copy of this package, so that a format compiled against another copy is still found. */
export const WIRE_FORMAT = Symbol.for('@sluice/wire-format/1');

/**
 * Marks a Nest module as the bringer of a wire format: importing the module is all it takes. The record stands on the
 * class itself, so it is known before any instance exists.
 *
 * ```ts
 * @WireFormatPlugin(acmeChat)
 * @Module({})
 * export class AcmeChatModule {}
 * ```
 */
export function WireFormatPlugin(format: WireFormat): ClassDecorator {
  return (target) => {
    Object.defineProperty(target, WIRE_FORMAT, { value: format, enumerable: false });
  };
}

/** The format that a class brings, or undefined for everything else. */
export function wireFormatOf(target: unknown): WireFormat | undefined {
  if (typeof target !== 'function') return undefined;
  return (target as { readonly [WIRE_FORMAT]?: WireFormat })[WIRE_FORMAT]; // only the decorator writes under this key
}
