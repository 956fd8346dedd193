import type { JsonValue } from '@sluice/core';
import type { MemberSpan } from './member-span.js';

/**
 * The value that stands in a span.
 * @throws SyntaxError for a nested value that is no JSON (a scan only skips it)
 */
export function parseSpan(json: Buffer, span: MemberSpan): JsonValue {
  return JSON.parse(json.toString('utf8', span.valueStart, span.valueEnd)) as JsonValue; // what JSON.parse gives
}
