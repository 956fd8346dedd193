import { isJsonObject, type BinaryFrame, type GatewayError, type JsonObject } from '@sluice/core';
import { objectMember, parseJsonObject, textMember } from '@sluice/translator-kit';
import { decodeFrameError, exceptionIn } from '../decode-error.js';
import { readSearchResults, UNAVAILABLE, type SearchOutcome } from '../web-search/read-search-results.js';

/** The exception that ends an answer at the model's limit. */
const TOO_LONG = 'ContentLengthExceededException';

/** What one frame says. */
export type KiroEvent =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'tool';
      readonly id: string | undefined;
      readonly name: string | undefined;
      /** The next piece of the arguments. */
      readonly input: string;
      readonly hasStopped: boolean;
    }
  | {
      readonly type: 'reasoning';
      readonly text: string;
      readonly signature: string | undefined;
      readonly redacted: string | undefined;
    }
  /** A search that was made on the way to the answer. */
  | { readonly type: 'search'; readonly id: string; readonly query: string; readonly outcome: SearchOutcome }
  | { readonly type: 'context'; readonly payload: JsonObject }
  | { readonly type: 'metering'; readonly payload: JsonObject }
  | { readonly type: 'metadata'; readonly tokenUsage: JsonObject | undefined; readonly stopReason: string | undefined }
  /** A task state that the service does not accept; some answers go on behind it. */
  | { readonly type: 'invalid-state'; readonly error: GatewayError }
  /** The service ended the answer. `isTooLong`: at the model's limit, so that what came before it is still an answer. */
  | { readonly type: 'failure'; readonly error: GatewayError; readonly isTooLong: boolean }
  /** Nothing that the canonical model knows. */
  | { readonly type: 'other' };

const OTHER: KiroEvent = { type: 'other' };

/**
 * Reads a frame. Undefined = its payload is not what its headers announce.
 * @see https://github.com/aws/amazon-q-developer-cli (the generated client's `ChatResponseStream`)
 */
export function readFrame({ headers, payload }: BinaryFrame): KiroEvent | undefined {
  switch (headers[':message-type'] ?? 'event') {
    case 'event':
      return readEvent(String(headers[':event-type'] ?? ''), payload);
    case 'exception':
      return failure(nameIn(headers[':exception-type']), parsePayload(payload) ?? {});
    case 'error': {
      const message = headers[':error-message'];
      const body = parsePayload(payload) ?? (typeof message === 'string' ? { message } : {});
      return failure(nameIn(headers[':error-code']), body);
    }
    default:
      return undefined;
  }
}

function readEvent(name: string, bytes: Uint8Array): KiroEvent | undefined {
  const read = READERS.get(name);
  if (read === undefined && name !== '') return OTHER;
  const payload = unwrapped(parsePayload(bytes), name);
  if (payload === undefined) return bytes.length === 0 ? OTHER : undefined;
  const exception = exceptionIn(payload);
  if (exception !== undefined) return failure(exception, payload);
  return read === undefined ? OTHER : read(payload);
}

const READERS: ReadonlyMap<string, (payload: JsonObject) => KiroEvent> = new Map(
  Object.entries({
    assistantResponseEvent: readText,
    codeEvent: readText,
    toolUseEvent: readTool,
    reasoningContentEvent: (payload) => ({
      type: 'reasoning',
      text: textMember(payload, 'text') ?? '',
      signature: textMember(payload, 'signature'),
      redacted: textMember(payload, 'redactedContent'),
    }),
    sluiceWebSearchEvent: readSearch,
    contextUsageEvent: (payload) => ({ type: 'context', payload }),
    meteringEvent: (payload) => ({ type: 'metering', payload }),
    metadataEvent: (payload) => ({
      type: 'metadata',
      tokenUsage: objectMember(payload, 'tokenUsage'),
      stopReason: textMember(payload, 'stopReason'),
    }),
    invalidStateEvent: (payload) => ({
      type: 'invalid-state',
      error: decodeFrameError('ValidationException', payload),
    }),
  } satisfies Record<string, (payload: JsonObject) => KiroEvent>),
);

function readText(payload: JsonObject): KiroEvent {
  return { type: 'text', text: textMember(payload, 'content') ?? '' };
}

/** Exceptionally the input is an object; then it is the whole. */
function readTool(payload: JsonObject): KiroEvent {
  const { input } = payload;
  return {
    type: 'tool',
    id: textMember(payload, 'toolUseId'),
    name: textMember(payload, 'name'),
    input: isJsonObject(input) ? JSON.stringify(input) : (textMember(payload, 'input') ?? ''),
    hasStopped: payload['stop'] === true,
  };
}

/** Of the provider's making: no vendor sends it. Its reply is the vendor's own; absent = the search failed. */
function readSearch(payload: JsonObject): KiroEvent {
  const reply = textMember(payload, 'reply');
  return {
    type: 'search',
    id: textMember(payload, 'toolUseId') ?? '',
    query: textMember(payload, 'query') ?? '',
    outcome: reply === undefined ? UNAVAILABLE : outcomeOf(reply),
  };
}

function outcomeOf(reply: string): SearchOutcome {
  try {
    return readSearchResults(Buffer.from(reply));
  } catch {
    return UNAVAILABLE; // the model was told so, too
  }
}

function failure(name: string | undefined, body: JsonObject): KiroEvent {
  return { type: 'failure', error: decodeFrameError(name, body), isTooLong: name === TOO_LONG };
}

function nameIn(header: unknown): string | undefined {
  return typeof header === 'string' && header !== '' ? header : undefined;
}

/** Some proxies put the payload into a member of the event's name. */
function unwrapped(payload: JsonObject | undefined, name: string): JsonObject | undefined {
  if (payload === undefined || !(name in payload) || Object.keys(payload).length !== 1) return payload;
  return objectMember(payload, name) ?? payload;
}

/** The framing's decoder gives buffers, which need no view of their own. */
function parsePayload(bytes: Uint8Array): JsonObject | undefined {
  const text = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return parseJsonObject(text.toString());
}
