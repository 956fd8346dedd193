import type { JsonObject, JsonValue, TranslationWarning } from '@sluice/core';
import {
  countMember,
  describeJson,
  invalidRequest,
  invalidResponse,
  objectMember,
  objectsMember,
  parseJsonObject,
  serialiseBody,
  textMember,
  withoutByteOrderMark,
  type EncodedRequest,
} from '@sluice/translator-kit';
import { resourceOf, VERSION, writeModelPath } from './model-path.js';

/** Texts that one call may embed. @see https://ai.google.dev/api/embeddings */
export const MAX_EMBEDDED_TEXTS = 100;

const BYTES_PER_FLOAT = 4;

/** How a client wants the numbers: OpenAI's SDKs ask for `base64` unless told otherwise. */
export type EmbeddingEncoding = 'float' | 'base64';

/**
 * An OpenAI request for embeddings as `batchEmbedContents`.
 * @throws GatewayError `invalid_request` for tokens instead of text, and for more texts than one call takes
 */
export function encodeEmbeddingRequest(body: JsonObject, upstreamModel: string): EncodedRequest {
  const texts = textsOf(body['input']);
  const dimensions = countMember(body, 'dimensions');
  const model = resourceOf(upstreamModel);
  const requests = texts.map((text) => ({
    model,
    content: { parts: [{ text }] },
    ...(dimensions !== undefined && { outputDimensionality: dimensions }),
  }));
  const path = writeModelPath({ version: VERSION, model: upstreamModel, method: 'batchEmbedContents' });
  return { call: { path, query: '', body: serialiseBody({ requests }) }, warnings: warningsOf(body) };
}

/** The encoding that a request asks for. */
export function embeddingEncodingOf(body: JsonObject): EmbeddingEncoding {
  return body['encoding_format'] === 'base64' ? 'base64' : 'float';
}

/**
 * Google's reply (to one text or to several) as OpenAI's list. Usage stands there only if the vendor counted.
 * @throws GatewayError `upstream_invalid_response`
 * @see https://platform.openai.com/docs/api-reference/embeddings
 */
export function decodeEmbeddingReply(
  body: Buffer,
  { model, encoding }: { readonly model: string; readonly encoding: EmbeddingEncoding },
): JsonObject {
  const reply = parseJsonObject(withoutByteOrderMark(body).toString());
  const single = objectMember(reply, 'embedding');
  const embeddings = single === undefined ? objectsMember(reply, 'embeddings') : [single];
  if (embeddings.length === 0) throw invalidResponse('The vendor answered 200 without an embedding.');
  const tokens = countMember(objectMember(reply, 'usageMetadata'), 'promptTokenCount');
  return {
    object: 'list',
    data: embeddings.map(({ values }, index) => ({
      object: 'embedding',
      index,
      embedding: encoded(numbersOf(values), encoding),
    })),
    model,
    ...(tokens !== undefined && { usage: { prompt_tokens: tokens, total_tokens: tokens } }),
  };
}

function textsOf(input: JsonValue | undefined): readonly string[] {
  const list: readonly (JsonValue | undefined)[] = Array.isArray(input) ? input : [input];
  if (list.length === 0 || list.length > MAX_EMBEDDED_TEXTS) {
    throw invalidRequest(`"input" must hold 1 to ${MAX_EMBEDDED_TEXTS} texts, but it holds ${list.length}.`, 'input');
  }
  return list.map((text) => {
    if (typeof text === 'string' && text !== '') return text;
    const found = typeof text === 'number' || Array.isArray(text) ? 'tokens' : describeJson(text);
    throw invalidRequest(`"input" must be text, but it is ${found}; Google embeds no tokens.`, 'input');
  });
}

function warningsOf(body: JsonObject): readonly TranslationWarning[] {
  return textMember(body, 'user') === undefined
    ? []
    : [{ path: '/user', effect: 'dropped', message: 'Google has no place for the id of an end user.' }];
}

function numbersOf(values: JsonValue | undefined): readonly number[] {
  if (Array.isArray(values) && values.every((value: JsonValue) => typeof value === 'number')) return values;
  throw invalidResponse('The vendor answered 200 with an embedding that is no list of numbers.');
}

/** OpenAI's base64 holds little-endian 32-bit floats. */
function encoded(values: readonly number[], encoding: EmbeddingEncoding): JsonValue {
  if (encoding === 'float') return values;
  const bytes = Buffer.alloc(values.length * BYTES_PER_FLOAT);
  for (const [index, value] of values.entries()) bytes.writeFloatLE(value, index * BYTES_PER_FLOAT);
  return bytes.toString('base64');
}
