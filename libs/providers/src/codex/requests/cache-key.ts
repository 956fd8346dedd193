import { createHash } from 'node:crypto';
import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';

/** So much of the instructions and of the first question tells a conversation apart. In characters. */
export const HASHED_CHARS = 2_000;

/** What may stand in a header; a longer key would be refused with it. */
const HEADER_KEY = /^[\x21-\x7e]{1,256}$/;

/** Ours, made once at random: what RFC 9562 calls a name space. */
const NAME_SPACE = Buffer.from('5f0a3c1e8d7b4a66b2f94c07e1d3a985', 'hex');
const UUID_BYTES = 16;
const VERSION_5 = 0x50;
const VARIANT = 0x80;

/**
 * The key of the vendor's prompt cache for a client that names none: the same while a conversation grows, another for another
 * client. A UUID, made from who asks, the instructions and the first question.
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5
 */
export function cacheKeyOf(clientId: string, { instructions, input }: JsonObject): string {
  const name = [clientId, textOf(instructions), textOf(firstQuestion(input))].map((text) =>
    text.slice(0, HASHED_CHARS),
  );
  return uuidOf(JSON.stringify(name));
}

/**
 * The key as a header may hold it. A client chooses its own: one that no header takes would fail the call before it is sent, which
 * looks as if the vendor could not be reached, and every account would rest for it.
 */
export function headerKeyOf(key: string): string {
  return HEADER_KEY.test(key) ? key : uuidOf(key);
}

function firstQuestion(input: JsonValue | undefined): JsonValue | undefined {
  if (!Array.isArray(input)) return input;
  return input.find((item) => isJsonObject(item) && item['role'] === 'user');
}

function textOf(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf).join('');
  return isJsonObject(value) ? textOf(value['text'] ?? value['content']) : '';
}

function uuidOf(name: string): string {
  const bytes = createHash('sha1').update(NAME_SPACE).update(name).digest().subarray(0, UUID_BYTES);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | VERSION_5, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | VARIANT, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
