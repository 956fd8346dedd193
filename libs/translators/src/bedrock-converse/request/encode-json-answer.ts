import type { CanonicalRequest, JsonObject } from '@sluice/core';
import type { RequestScope } from './request-scope.js';
import { toClosedSchema } from './closed-schema.js';

export interface EncodedJsonAnswer {
  /** `outputConfig.textFormat`. */
  readonly textFormat?: JsonObject;
  /** Words for the end of the system prompt. */
  readonly instruction?: string;
}

const JSON_ONLY = 'Answer with one JSON object and nothing else: no explanation, no Markdown.';

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;

/** A wish for JSON: by the format's own member where the model keeps to schemas, else in words. */
export function encodeJsonAnswer({ responseFormat }: CanonicalRequest, scope: RequestScope): EncodedJsonAnswer {
  if (responseFormat === undefined || responseFormat.type === 'text') return {};
  if (responseFormat.type === 'json-schema' && scope.traits.structuredOutput) {
    const { name, schema } = responseFormat;
    const jsonSchema = {
      schema: JSON.stringify(toClosedSchema(schema)),
      ...(name !== undefined && NAME.test(name) ? { name } : {}),
    };
    return { textFormat: { type: 'json_schema', structure: { jsonSchema } } };
  }
  scope.approximated('/responseFormat', 'This model is asked for JSON in words.');
  const schema = responseFormat.type === 'json-schema' ? responseFormat.schema : undefined;
  const shape = schema === undefined ? '' : ` It must match this JSON schema:\n${JSON.stringify(schema)}`;
  return { instruction: JSON_ONLY + shape };
}
