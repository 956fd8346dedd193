import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';
import type { WordMask } from './word-mask.js';

/** Members of vendors' formats whose text is a name or a proof, or bytes: changed, they would be refused. */
const KEPT_MEMBERS: ReadonlySet<string> = new Set([
  'data',
  'id',
  'mediaType',
  'media_type',
  'mimeType',
  'mime_type',
  'model',
  'name',
  'namespace',
  'role',
  'status',
  'tool',
  'type',
]);
const KEPT_BY_FORM = /^encrypted|(?:_id|Id|ignature)$/;
const DATA_URL = /^data:[^,]*;base64,/i;

/** Members of vendors' formats that hold a JSON schema. */
const SCHEMA_MEMBERS: ReadonlySet<string> = new Set([
  'inputSchema',
  'input_schema',
  'parameters',
  'parametersJsonSchema',
  'responseJsonSchema',
  'responseSchema',
  'schema',
]);
/** Members of a schema whose own members have names of the client's choice. */
const NAMED_SCHEMAS: ReadonlySet<string> = new Set([
  '$defs',
  'definitions',
  'dependentRequired',
  'dependentSchemas',
  'patternProperties',
  'properties',
]);
/** Members of a schema that hold values of the client's. */
const SCHEMA_VALUES: ReadonlySet<string> = new Set(['const', 'default', 'enum', 'example', 'examples']);
/** Members of a schema whose texts are the schema's own words. */
const SCHEMA_WORDS: ReadonlySet<string> = new Set(['$schema', 'contentEncoding', 'format', 'type']);

/** A value of the client's without the words, also in the names of members. */
export function maskValue(value: JsonValue, mask: WordMask): JsonValue {
  return eachText(value, (text) => mask.mask(text));
}

/** A value with the words in it again, also in the names of members. */
export function restoreValue(value: JsonValue, mask: WordMask): JsonValue {
  return eachText(value, (text) => mask.restore(text));
}

/** Members of a vendor's format without the words: in the texts that are no names, proofs or bytes. */
export function maskMembers(object: JsonObject, mask: WordMask): JsonObject {
  const isPlainText = object['type'] === 'text';
  return mapMembers(object, (name, value) => {
    if (SCHEMA_MEMBERS.has(name) && isJsonObject(value)) return maskSchema(value, mask);
    if (typeof value !== 'string') return maskNested(value, mask);
    if (DATA_URL.test(value)) return value;
    const isKept = KEPT_MEMBERS.has(name) ? !(name === 'data' && isPlainText) : KEPT_BY_FORM.test(name);
    return isKept ? value : mask.mask(value);
  });
}

/** A JSON schema without the words: in descriptions, names of properties and values; its own words stay. */
export function maskSchema(schema: JsonObject, mask: WordMask): JsonObject {
  return mapMembers(schema, (name, value) => {
    if (NAMED_SCHEMAS.has(name) && isJsonObject(value)) return maskNamed(value, mask);
    if (SCHEMA_VALUES.has(name)) return maskValue(value, mask);
    if (SCHEMA_WORDS.has(name) && !isJsonObject(value)) return value;
    return maskSchemaNode(value, mask);
  });
}

function maskNamed(schemas: JsonObject, mask: WordMask): JsonObject {
  const named = Object.entries(schemas).map(([name, value]) => [
    mask.mask(name),
    value === undefined ? value : maskSchemaNode(value, mask),
  ]);
  return Object.fromEntries(named) as JsonObject; // names and values of JSON
}

function maskSchemaNode(value: JsonValue, mask: WordMask): JsonValue {
  if (typeof value === 'string') return mask.mask(value);
  if (Array.isArray(value)) return value.map((item: JsonValue) => maskSchemaNode(item, mask));
  return isJsonObject(value) ? maskSchema(value, mask) : value;
}

function maskNested(value: JsonValue, mask: WordMask): JsonValue {
  if (typeof value === 'string') return mask.mask(value);
  if (Array.isArray(value)) return value.map((item: JsonValue) => maskNested(item, mask));
  return isJsonObject(value) ? maskMembers(value, mask) : value;
}

function eachText(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item: JsonValue) => eachText(item, change));
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [
    change(name),
    member === undefined ? member : eachText(member, change),
  ]);
  return Object.fromEntries(members) as JsonObject; // names and values of JSON
}

function mapMembers(object: JsonObject, change: (name: string, value: JsonValue) => JsonValue): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, value === undefined ? value : change(name, value)]),
  );
}
