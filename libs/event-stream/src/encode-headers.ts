import { EventStreamError } from './event-stream-error.js';
import { HEADER_TYPE, type EventStreamHeader } from './header.js';
import { MAX_HEADER_NAME_BYTES, MAX_HEADER_VALUE_BYTES } from './limits.js';
import { parseUuid } from './uuid.js';

const MAX_INT64 = 2n ** 63n - 1n;
const LENGTH_FIELD_BYTES = 2;

/**
 * The header section of a message. Names are one to 255 bytes and unique.
 * @throws EventStreamError `header-name`, `header-duplicate`, `header-value`
 */
export function encodeHeaders(headers: readonly EventStreamHeader[]): Buffer {
  const names = new Set<string>();
  const parts: Buffer[] = [];
  for (const header of headers) {
    if (names.has(header.name)) throw new EventStreamError('header-duplicate', `the header ${header.name} comes twice`);
    names.add(header.name);
    parts.push(encodeName(header.name), encodeValue(header));
  }
  return Buffer.concat(parts);
}

function encodeName(name: string): Buffer {
  const bytes = encodeText(name);
  if (bytes === undefined) throw new EventStreamError('header-name', 'the name of a header is not well-formed text');
  if (bytes.length < 1 || bytes.length > MAX_HEADER_NAME_BYTES) {
    throw new EventStreamError(
      'header-name',
      `a header name has 1 to ${MAX_HEADER_NAME_BYTES} bytes, not ${bytes.length}`,
    );
  }
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}

/** The type byte and the value. */
function encodeValue(header: EventStreamHeader): Buffer {
  switch (header.type) {
    case 'boolean':
      return Buffer.of(header.value ? HEADER_TYPE.true : HEADER_TYPE.false);
    case 'byte':
      return encodeInteger(header, HEADER_TYPE.byte, 1);
    case 'short':
      return encodeInteger(header, HEADER_TYPE.short, 2);
    case 'integer':
      return encodeInteger(header, HEADER_TYPE.integer, 4);
    case 'long':
      return encodeInt64(header, HEADER_TYPE.long);
    case 'timestamp':
      return encodeInt64(header, HEADER_TYPE.timestamp);
    case 'byte-array':
      return encodeSized(header, HEADER_TYPE.byteArray, header.value);
    case 'string':
      return encodeSized(header, HEADER_TYPE.string, encodeText(header.value));
    case 'uuid': {
      const bytes = parseUuid(header.value);
      if (bytes === undefined) throw unfit(header);
      return Buffer.concat([Buffer.of(HEADER_TYPE.uuid), bytes]);
    }
  }
}

function encodeInteger(header: EventStreamHeader & { readonly value: number }, type: number, size: number): Buffer {
  const limit = 2 ** (size * 8 - 1);
  const { value } = header;
  if (!Number.isInteger(value) || value < -limit || value >= limit) throw unfit(header);
  const bytes = Buffer.alloc(1 + size, type);
  bytes.writeIntBE(value, 1, size);
  return bytes;
}

function encodeInt64(header: EventStreamHeader & { readonly value: bigint }, type: number): Buffer {
  if (header.value > MAX_INT64 || header.value < -MAX_INT64 - 1n) throw unfit(header);
  const bytes = Buffer.alloc(9, type);
  bytes.writeBigInt64BE(header.value, 1);
  return bytes;
}

function encodeSized(header: EventStreamHeader, type: number, value: Uint8Array | undefined): Buffer {
  if (value === undefined || value.length > MAX_HEADER_VALUE_BYTES) throw unfit(header);
  const bytes = Buffer.alloc(1 + LENGTH_FIELD_BYTES + value.length, type);
  bytes.writeUInt16BE(value.length, 1);
  bytes.set(value, 1 + LENGTH_FIELD_BYTES);
  return bytes;
}

/** `undefined` for a lone surrogate, which UTF-8 cannot say. */
function encodeText(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'utf8');
  return bytes.toString('utf8') === text ? bytes : undefined;
}

function unfit(header: EventStreamHeader): EventStreamError {
  return new EventStreamError(
    'header-value',
    `the value of the header ${header.name} does not fit into a ${header.type}`,
  );
}
