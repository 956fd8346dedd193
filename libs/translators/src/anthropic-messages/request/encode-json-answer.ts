import type { CanonicalRequest, JsonObject } from '@sluice/core';
import { toObjectSchema } from '@sluice/translator-kit';
import { JSON_ANSWER_TOOL, jsonAnswerMeans } from './json-answer.js';
import type { RequestScope } from './request-scope.js';
import { toStructuredSchema } from './structured-schema.js';

/** What a wish for JSON adds to a request. */
export interface EncodedJsonAnswer {
  readonly format?: JsonObject;
  readonly tool?: JsonObject;
  /** A block for the end of `system`. */
  readonly instruction?: JsonObject;
}

const JSON_ONLY = 'Answer with one JSON object and nothing else: no explanation, no Markdown.';

export function encodeJsonAnswer(
  request: CanonicalRequest,
  upstreamModel: string,
  scope: RequestScope,
): EncodedJsonAnswer {
  const { responseFormat } = request;
  const schema = responseFormat?.type === 'json-schema' ? responseFormat.schema : undefined;
  const means = jsonAnswerMeans(request, upstreamModel);
  switch (means) {
    case 'none':
      return {};
    case 'output-format':
      return { format: { type: 'json_schema', schema: toStructuredSchema(schema ?? {}) } };
    case 'tool':
      scope.approximated(
        '/responseFormat',
        'This model gives the answer as the arguments of a tool; they are unwrapped.',
      );
      return { tool: answerTool(schema) };
    case 'instruction':
      scope.approximated('/responseFormat', 'This model is asked for JSON in words.');
      return { instruction: { type: 'text', text: instructionFor(schema) } };
    default:
      return unknownMeans(means);
  }
}

function answerTool(schema: JsonObject | undefined): JsonObject {
  return {
    name: JSON_ANSWER_TOOL,
    description: 'Gives the answer. Always call this tool, once.',
    input_schema: toObjectSchema(schema),
  };
}

function instructionFor(schema: JsonObject | undefined): string {
  return schema === undefined ? JSON_ONLY : `${JSON_ONLY} It must match this JSON schema:\n${JSON.stringify(schema)}`;
}

function unknownMeans(means: never): never {
  throw new TypeError(`unknown means ${String(means)}`);
}
