import type { JsonObject, ResponseFormat } from '@sluice/core';

/** OpenAI wants a name for every schema. */
const DEFAULT_SCHEMA_NAME = 'response';

/** `response_format`, or nothing. */
export function encodeResponseFormat(format: ResponseFormat | undefined): JsonObject {
  if (format === undefined) return {};
  if (format.type === 'text') return { response_format: { type: 'text' } };
  if (format.type === 'json') return { response_format: { type: 'json_object' } };
  const { name = DEFAULT_SCHEMA_NAME, schema, strict } = format;
  return {
    response_format: { type: 'json_schema', json_schema: { name, schema, ...(strict !== undefined && { strict }) } },
  };
}
