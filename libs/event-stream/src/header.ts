/** The type byte of a header. Truth has two of them and no value bytes. */
export const HEADER_TYPE = {
  true: 0,
  false: 1,
  byte: 2,
  short: 3,
  integer: 4,
  long: 5,
  byteArray: 6,
  string: 7,
  timestamp: 8,
  uuid: 9,
} as const;

/** The bytes that a value of a fixed size takes, by type; `undefined` where the wire carries a length. */
export const FIXED_VALUE_BYTES: readonly (number | undefined)[] = [0, 0, 1, 2, 4, 8, undefined, undefined, 8, 16];

/**
 * One header with the type it had, so that it can be written again to the same bytes. A `timestamp` is in milliseconds since
 * 1970 and may lie outside of what a `Date` holds; a `uuid` is its canonical text in lower case.
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html#headers-format
 */
export type EventStreamHeader = { readonly name: string } & (
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'byte' | 'short' | 'integer'; readonly value: number }
  | { readonly type: 'long' | 'timestamp'; readonly value: bigint }
  | { readonly type: 'byte-array'; readonly value: Uint8Array }
  | { readonly type: 'string' | 'uuid'; readonly value: string }
);
