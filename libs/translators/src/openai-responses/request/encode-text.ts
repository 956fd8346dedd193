import type { CanonicalRequest, JsonObject, ResponseFormat } from '@sluice/core';
import { objectMember, restoreMembers } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';

/** OpenAI wants a name for every schema, of these characters. */
const DEFAULT_SCHEMA_NAME = 'response';
const NOT_IN_NAMES = /[^a-zA-Z0-9_-]/g;
const MAX_NAME_CHARS = 64;

/** `text`, or nothing. */
export function encodeText(request: CanonicalRequest): JsonObject {
  const { responseFormat } = request;
  const carried = objectMember(carriedBy(request), 'text');
  const format = responseFormat === undefined ? {} : { format: formatOf(responseFormat) };
  const text = restoreMembers(format, carried);
  return Object.keys(text).length === 0 ? {} : { text };
}

function formatOf(format: ResponseFormat): JsonObject {
  if (format.type === 'text') return { type: 'text' };
  if (format.type === 'json') return { type: 'json_object' };
  const { name = DEFAULT_SCHEMA_NAME, schema, strict } = format;
  return {
    type: 'json_schema',
    name: name.replaceAll(NOT_IN_NAMES, '_').slice(0, MAX_NAME_CHARS),
    schema,
    ...(strict !== undefined && { strict }),
  };
}
