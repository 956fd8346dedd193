import type { BinaryFrame, GatewayError, JsonObject } from '@sluice/core';
import { objectMember, parseJsonObject } from '@sluice/translator-kit';
import { decodeFrameError } from '../decode-error.js';

/** What one frame says. */
export type ConverseEvent =
  | { readonly type: 'message-start' }
  | { readonly type: 'block-start'; readonly position: number; readonly start: JsonObject }
  | { readonly type: 'block-delta'; readonly position: number; readonly delta: JsonObject }
  | { readonly type: 'block-stop'; readonly position: number }
  | { readonly type: 'message-stop'; readonly payload: JsonObject }
  | { readonly type: 'metadata'; readonly payload: JsonObject }
  | { readonly type: 'failure'; readonly error: GatewayError }
  /** Nothing that the canonical model knows. */
  | { readonly type: 'other' };

const OTHER: ConverseEvent = { type: 'other' };
const NO_MEMBERS: JsonObject = {};

/**
 * Reads a frame. Undefined = its payload is not what its headers announce.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html
 */
export function readFrame({ headers, payload }: BinaryFrame): ConverseEvent | undefined {
  switch (headers[':message-type'] ?? 'event') {
    case 'event':
      return readEvent(headers[':event-type'], payload);
    case 'exception':
      return failure(headers[':exception-type'], parsePayload(payload) ?? {});
    case 'error': {
      const message = headers[':error-message'];
      return failure(headers[':error-code'], typeof message === 'string' ? { message } : {});
    }
    default:
      return undefined;
  }
}

function readEvent(name: BinaryFrame['headers'][string] | undefined, bytes: Uint8Array): ConverseEvent | undefined {
  const payload = parsePayload(bytes);
  if (payload === undefined) return undefined;
  switch (name) {
    case 'messageStart':
      return { type: 'message-start' };
    case 'contentBlockStart':
      return {
        type: 'block-start',
        position: positionIn(payload),
        start: objectMember(payload, 'start') ?? NO_MEMBERS,
      };
    case 'contentBlockDelta':
      return {
        type: 'block-delta',
        position: positionIn(payload),
        delta: objectMember(payload, 'delta') ?? NO_MEMBERS,
      };
    case 'contentBlockStop':
      return { type: 'block-stop', position: positionIn(payload) };
    case 'messageStop':
      return { type: 'message-stop', payload };
    case 'metadata':
      return { type: 'metadata', payload };
    default:
      return OTHER;
  }
}

/** The first block's may be left out. */
function positionIn({ contentBlockIndex: position }: JsonObject): number {
  return typeof position === 'number' ? position : 0;
}

function failure(name: BinaryFrame['headers'][string] | undefined, body: JsonObject): ConverseEvent {
  return { type: 'failure', error: decodeFrameError(typeof name === 'string' ? name : undefined, body) };
}

/** The framing's decoder gives buffers, which need no view of their own. */
function parsePayload(bytes: Uint8Array): JsonObject | undefined {
  const text = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return parseJsonObject(text.toString());
}
