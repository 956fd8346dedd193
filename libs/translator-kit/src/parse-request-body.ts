import { GatewayError, isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';
import { withoutByteOrderMark } from './byte-order-mark.js';
import { locateJsonError } from './locate-json-error.js';
import { isNestedTooDeeply, MAX_JSON_DEPTH } from './nesting.js';

/**
 * A client's whole body as a JSON object.
 * @throws GatewayError `invalid_request` that says what is wrong and where, and never quotes the body
 */
export function parseRequestBody(body: Buffer): JsonObject {
  if (body.length === 0) throw invalidRequest('The body is empty; a JSON object is expected.');
  const text = withoutByteOrderMark(body).toString();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidRequest(describePlace(text)); // the engine's own message quotes the body
  }
  if (!isJsonObject(value)) throw invalidRequest(`The body must be a JSON object, but it is ${describeJson(value)}.`);
  if (isNestedTooDeeply(value, text.length)) {
    throw invalidRequest(
      `The body is nested more than ${MAX_JSON_DEPTH} levels deep. Send flatter schemas or arguments.`,
    );
  }
  return value;
}

/** What a JSON value is, in words that fit behind "it is"; never the value itself. */
export function describeJson(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (value === '') return 'an empty string';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** A request that the client has to change. `param` is the member that is wrong. */
export function invalidRequest(message: string, param?: string): GatewayError {
  return new GatewayError({ kind: 'invalid_request', message, ...(param === undefined ? {} : { param }) });
}

/** The serialised form of a changed body, for the rare bodies that cannot be spliced. */
export function serialiseBody(value: JsonValue): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function describePlace(text: string): string {
  const { character, isTruncated } = locateJsonError(text);
  return isTruncated
    ? `The body is not valid JSON: it ends too early (after character ${text.length}).`
    : `The body is not valid JSON: unexpected content at character ${character}.`;
}
