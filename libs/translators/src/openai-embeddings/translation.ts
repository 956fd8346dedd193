import type { JsonObject, JsonValue } from '@sluice/core';
import {
  carryUnknown,
  countMember,
  describeJson,
  extensionsOf,
  invalidRequest,
  parseRequestBody,
  textMember,
  type EmbeddingClientTranslation,
  type EmbeddingEncoding,
} from '@sluice/translator-kit';

/** Texts that a request may hold. @see https://platform.openai.com/docs/api-reference/embeddings/create */
export const MAX_INPUTS = 2_048;

const BYTES_PER_FLOAT = 4;

const KNOWN: ReadonlySet<string> = new Set(['model', 'input', 'dimensions', 'encoding_format', 'user', 'stream']);

/** OpenAI's clients, whoever embeds for them. */
export const translation: EmbeddingClientTranslation = {
  decodeRequest({ body }) {
    const request = parseRequestBody(body);
    const dimensions = dimensionsIn(request);
    const endUser = textMember(request, 'user');
    return {
      model: textMember(request, 'model') ?? '',
      texts: textsOf(request['input']),
      encoding: encodingOf(request['encoding_format']),
      ...(dimensions !== undefined && { dimensions }),
      ...(endUser !== undefined && { endUser }),
      ...extensionsOf('openai-embeddings', carryUnknown(request, KNOWN)),
    };
  },

  encodeResponse({ vectors, usage }, { encoding }, { requestedModel }) {
    const tokens = usage?.input;
    return {
      object: 'list',
      data: vectors.map((vector, index) => ({ object: 'embedding', index, embedding: encoded(vector, encoding) })),
      model: requestedModel,
      ...(tokens !== undefined && { usage: { prompt_tokens: tokens, total_tokens: tokens } }),
    };
  },
};

function textsOf(input: JsonValue | undefined): readonly string[] {
  const list: readonly (JsonValue | undefined)[] = Array.isArray(input) ? input : [input];
  if (list.length === 0 || list.length > MAX_INPUTS) {
    throw invalidRequest(`"input" must hold 1 to ${MAX_INPUTS} texts, but it holds ${list.length}.`, 'input');
  }
  return list.map((text) => {
    if (typeof text === 'string' && text !== '') return text;
    const found = typeof text === 'number' || Array.isArray(text) ? 'tokens' : describeJson(text);
    throw invalidRequest(`"input" must be text for this model, but it is ${found}. Send the text itself.`, 'input');
  });
}

function dimensionsIn(request: JsonObject): number | undefined {
  const value = request['dimensions'];
  if (value === undefined || value === null) return undefined;
  const dimensions = countMember(request, 'dimensions');
  if (dimensions !== undefined && Number.isInteger(dimensions) && dimensions > 0) return dimensions;
  throw invalidRequest('"dimensions" must be a whole number above 0.', 'dimensions');
}

function encodingOf(value: JsonValue | undefined): EmbeddingEncoding {
  if (value === undefined || value === null) return 'float';
  if (value === 'float' || value === 'base64') return value;
  throw invalidRequest('"encoding_format" must be float or base64.', 'encoding_format');
}

/** OpenAI's base64 holds little-endian 32-bit floats. */
function encoded(vector: readonly number[], encoding: EmbeddingEncoding): JsonValue {
  if (encoding === 'float') return vector;
  const bytes = Buffer.alloc(vector.length * BYTES_PER_FLOAT);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * BYTES_PER_FLOAT);
  return bytes.toString('base64');
}
