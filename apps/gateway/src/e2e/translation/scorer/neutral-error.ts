import { APIError as AnthropicApiError } from '@anthropic-ai/sdk';
import { BedrockRuntimeServiceException } from '@aws-sdk/client-bedrock-runtime';
import { ApiError as GoogleApiError } from '@google/genai';
import { APIError as OpenAiApiError } from 'openai';
import { assertClean } from '../../harness/after-test-checks.js';
import { seenError } from '../../harness/seen-error.js';
import type { NeutralError, NeutralErrorClass } from './neutral-answer.js';

const BY_STATUS: ReadonlyMap<number, NeutralErrorClass> = new Map([
  [401, 'authentication'],
  [403, 'permission'],
  [404, 'not-found'],
  [413, 'too-large'],
  [429, 'rate-limit'],
  [503, 'overloaded'],
  [529, 'overloaded'],
]);

/** What vendors call it, for failures inside a stream, which have no status. */
const BY_WORD: ReadonlyMap<string, NeutralErrorClass> = new Map([
  ['invalid_request_error', 'invalid-request'],
  ['authentication_error', 'authentication'],
  ['permission_error', 'permission'],
  ['not_found_error', 'not-found'],
  ['request_too_large', 'too-large'],
  ['rate_limit_error', 'rate-limit'],
  ['rate_limit_exceeded', 'rate-limit'],
  ['insufficient_quota', 'rate-limit'],
  ['overloaded_error', 'overloaded'],
  ['server_is_overloaded', 'overloaded'],
  ['INVALID_ARGUMENT', 'invalid-request'],
  ['RESOURCE_EXHAUSTED', 'rate-limit'],
  ['UNAVAILABLE', 'overloaded'],
  ['ThrottlingException', 'rate-limit'],
  ['ServiceUnavailableException', 'overloaded'],
  ['ValidationException', 'invalid-request'],
]);

/** How Google's SDK begins the message of an error that it met inside a stream. */
const GOOGLE_IN_STREAM = /^got status: \S+ /;

/** What an SDK threw. An SDK that gives up on a stream throws no error of the API: that is `unreadable`. */
export function neutralError(thrown: unknown): NeutralError {
  if (thrown instanceof OpenAiApiError || thrown instanceof AnthropicApiError) {
    const { status, type, code, message = '' } = seenError(thrown);
    return status === undefined ? inStream([code, type], message) : neutralStatusError(status, message);
  }
  if (thrown instanceof GoogleApiError) return googleError(thrown);
  if (thrown instanceof BedrockRuntimeServiceException) return bedrockError(thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { class: 'unreadable', status: undefined, message };
}

/** A failure that an event of the stream told. */
export function neutralStreamError(code: string | undefined, message: string): NeutralError {
  assertClean(message);
  return inStream([code], message);
}

/** Google's SDK hands on the body as the text of the message. */
function googleError({ message, status }: GoogleApiError): NeutralError {
  assertClean(message);
  // an error object of Google's, as the SDK was given it
  const { error } = JSON.parse(message.replace(GOOGLE_IN_STREAM, '')) as {
    readonly error: { readonly message: string; readonly status?: string };
  };
  return GOOGLE_IN_STREAM.test(message)
    ? inStream([error.status], error.message)
    : neutralStatusError(status, error.message);
}

/** Exceptions inside a stream come with the status of the stream itself, or with none. */
function bedrockError(thrown: BedrockRuntimeServiceException): NeutralError {
  const { name, message } = thrown;
  // the SDK's type promises metadata, which exceptions of a stream have not
  const metadata = thrown.$metadata as BedrockRuntimeServiceException['$metadata'] | undefined;
  const status = metadata?.httpStatusCode ?? 200;
  return status < 400
    ? inStream([name.charAt(0).toUpperCase() + name.slice(1)], message)
    : neutralStatusError(status, message);
}

/** A failure that a status told. */
export function neutralStatusError(status: number, message: string): NeutralError {
  return { class: BY_STATUS.get(status) ?? (status < 500 ? 'invalid-request' : 'vendor'), status, message };
}

function inStream(words: readonly (string | null | undefined)[], message: string): NeutralError {
  const known = words.map((word) => BY_WORD.get(word ?? '')).find((word) => word !== undefined);
  return { class: known ?? 'vendor', status: undefined, message };
}
