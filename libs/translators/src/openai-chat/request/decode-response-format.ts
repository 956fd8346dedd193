import type { JsonObject, ResponseFormat } from '@sluice/core';
import { carryUnknown, nestedMember, objectMember, textMember } from '@sluice/translator-kit';

const FORMAT_MEMBERS: ReadonlySet<string> = new Set(['type', 'json_schema']);
const SCHEMA_MEMBERS: ReadonlySet<string> = new Set(['name', 'schema', 'strict']);

export interface DecodedResponseFormat {
  readonly responseFormat?: ResponseFormat;
  /** The member as far as the canonical words do not say it: the whole of a kind that we do not know. */
  readonly carried: JsonObject | undefined;
}

/** `response_format`: text, any JSON, or JSON by a schema. */
export function decodeResponseFormat(body: JsonObject): DecodedResponseFormat {
  const format = objectMember(body, 'response_format');
  if (format === undefined) return { carried: undefined };
  const rest = carryUnknown(format, FORMAT_MEMBERS);
  if (format['type'] === 'text')
    return { responseFormat: { type: 'text' }, carried: nestedMember('response_format', rest) };
  if (format['type'] === 'json_object') {
    return { responseFormat: { type: 'json' }, carried: nestedMember('response_format', rest) };
  }
  const declared = objectMember(format, 'json_schema');
  const schema = objectMember(declared, 'schema');
  if (format['type'] !== 'json_schema' || declared === undefined || schema === undefined) {
    return { carried: { response_format: format } };
  }
  const name = textMember(declared, 'name');
  const { strict } = declared;
  const inner = nestedMember('json_schema', carryUnknown(declared, SCHEMA_MEMBERS));
  return {
    responseFormat: {
      type: 'json-schema',
      ...(name !== undefined && { name }),
      schema,
      ...(typeof strict === 'boolean' && { strict }),
    },
    carried: nestedMember('response_format', rest === undefined ? inner : { ...rest, ...inner }),
  };
}
