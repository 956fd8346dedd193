import { EventStreamError } from './event-stream-error.js';
import { FIXED_VALUE_BYTES, HEADER_TYPE, type EventStreamHeader } from './header.js';
import { MAX_HEADER_VALUE_BYTES } from './limits.js';
import { formatUuid } from './uuid.js';

const LENGTH_FIELD_BYTES = 2;

/** Strict, because a replaced character could not be written back; a byte order mark is a character like any other. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The headers of one message, from a buffer that holds nothing else. Values of the type `byte-array` are copies.
 * @throws EventStreamError `header-name`, `header-duplicate`, `header-type`, `header-value`
 */
export function parseHeaders(bytes: Buffer): EventStreamHeader[] {
  const headers: EventStreamHeader[] = [];
  const names = new Set<string>();
  for (let offset = 0; offset < bytes.length;) {
    const nameLength = bytes.readUInt8(offset);
    const typeOffset = offset + 1 + nameLength;
    if (nameLength === 0) throw new EventStreamError('header-name', 'a header has no name');
    if (typeOffset >= bytes.length) throw new EventStreamError('header-name', 'the name of a header is cut off');
    const name = decodeText(bytes, { start: offset + 1, end: typeOffset, code: 'header-name' });
    if (names.has(name)) throw new EventStreamError('header-duplicate', `the header ${name} comes twice`);
    names.add(name);
    const { start, end } = valueSpan(bytes, typeOffset);
    headers.push(readHeader(name, bytes, { type: bytes.readUInt8(typeOffset), start, end }));
    offset = end;
  }
  return headers;
}

/** Where the value behind a type byte lies, checked against the end of the headers before anything is read. */
function valueSpan(bytes: Buffer, typeOffset: number): { start: number; end: number } {
  const type = bytes.readUInt8(typeOffset);
  if (type >= FIXED_VALUE_BYTES.length)
    throw new EventStreamError('header-type', `no header type has the number ${type}`);
  let start = typeOffset + 1;
  let length = FIXED_VALUE_BYTES[type];
  if (length === undefined) {
    if (start + LENGTH_FIELD_BYTES > bytes.length) throw valueCutOff();
    length = bytes.readUInt16BE(start);
    start += LENGTH_FIELD_BYTES;
    if (length > MAX_HEADER_VALUE_BYTES) {
      throw new EventStreamError(
        'header-value',
        `a header value has ${length} bytes; ${MAX_HEADER_VALUE_BYTES} are allowed`,
      );
    }
  }
  if (start + length > bytes.length) throw valueCutOff();
  return { start, end: start + length };
}

function readHeader(
  name: string,
  bytes: Buffer,
  value: { type: number; start: number; end: number },
): EventStreamHeader {
  const { type, start, end } = value;
  switch (type) {
    case HEADER_TYPE.true:
    case HEADER_TYPE.false:
      return { name, type: 'boolean', value: type === HEADER_TYPE.true };
    case HEADER_TYPE.byte:
      return { name, type: 'byte', value: bytes.readInt8(start) };
    case HEADER_TYPE.short:
      return { name, type: 'short', value: bytes.readInt16BE(start) };
    case HEADER_TYPE.integer:
      return { name, type: 'integer', value: bytes.readInt32BE(start) };
    case HEADER_TYPE.long:
      return { name, type: 'long', value: bytes.readBigInt64BE(start) };
    case HEADER_TYPE.byteArray:
      return { name, type: 'byte-array', value: Uint8Array.prototype.slice.call(bytes, start, end) };
    case HEADER_TYPE.string:
      return { name, type: 'string', value: decodeText(bytes, { start, end, code: 'header-value' }) };
    case HEADER_TYPE.timestamp:
      return { name, type: 'timestamp', value: bytes.readBigInt64BE(start) };
    case HEADER_TYPE.uuid:
      return { name, type: 'uuid', value: formatUuid(bytes, start) };
    default:
      throw new EventStreamError('header-type', `no header type has the number ${type}`);
  }
}

function decodeText(bytes: Buffer, span: { start: number; end: number; code: 'header-name' | 'header-value' }): string {
  try {
    return UTF8.decode(bytes.subarray(span.start, span.end));
  } catch (cause) {
    throw new EventStreamError(span.code, 'a header is not UTF-8', { cause });
  }
}

function valueCutOff(): EventStreamError {
  return new EventStreamError('header-value', 'the value of a header is cut off');
}
