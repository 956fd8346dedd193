import type { JsonObject, ResponseFormat } from '@sluice/core';
import { carryUnknown, objectMember, textMember } from '@sluice/translator-kit';

const TEXT: ReadonlySet<string> = new Set(['format']);
const PLAIN_FORMAT: ReadonlySet<string> = new Set(['type']);
const SCHEMA_FORMAT: ReadonlySet<string> = new Set(['type', 'name', 'schema', 'strict']);

export interface DecodedText {
  readonly responseFormat?: ResponseFormat;
  /** What only this format can say: verbosity, a schema's description, the whole of a format that we do not know. */
  readonly unsaid?: JsonObject;
}

/** `text`: what the answer shall look like. */
export function decodeText(text: JsonObject | undefined): DecodedText {
  if (text === undefined) return {};
  const format = objectMember(text, 'format');
  const responseFormat = format && formatOf(format);
  const formatRest = format && (responseFormat === undefined ? format : restOf(format));
  const unsaid = { ...carryUnknown(text, TEXT), ...(formatRest && { format: formatRest }) };
  return {
    ...(responseFormat !== undefined && { responseFormat }),
    ...(Object.keys(unsaid).length > 0 && { unsaid }),
  };
}

function formatOf(format: JsonObject): ResponseFormat | undefined {
  if (format['type'] === 'text') return { type: 'text' };
  if (format['type'] === 'json_object') return { type: 'json' };
  const schema = objectMember(format, 'schema');
  if (format['type'] !== 'json_schema' || schema === undefined) return undefined;
  const name = textMember(format, 'name');
  const { strict } = format;
  return {
    type: 'json-schema',
    ...(name !== undefined && { name }),
    schema,
    ...(typeof strict === 'boolean' && { strict }),
  };
}

function restOf(format: JsonObject): JsonObject | undefined {
  return carryUnknown(format, format['type'] === 'json_schema' ? SCHEMA_FORMAT : PLAIN_FORMAT);
}
