import { APIError as AnthropicApiError } from '@anthropic-ai/sdk';
import { APIError as OpenAiApiError } from 'openai';
import { seenError, type SeenError } from '../../harness/seen-error.js';
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

/** What the bodies call it, for failures inside a stream, which have no status. */
const BY_WORD: ReadonlyMap<string, NeutralErrorClass> = new Map([
  ['invalid_request_error', 'invalid-request'],
  ['authentication_error', 'authentication'],
  ['permission_error', 'permission'],
  ['not_found_error', 'not-found'],
  ['request_too_large', 'too-large'],
  ['rate_limit_error', 'rate-limit'],
  ['rate_limit_exceeded', 'rate-limit'],
  ['overloaded_error', 'overloaded'],
  ['server_is_overloaded', 'overloaded'],
]);

/** What an SDK threw. An SDK that gives up on a stream throws no error of the API: that is `unreadable`. */
export function neutralError(thrown: unknown): NeutralError {
  if (!(thrown instanceof OpenAiApiError || thrown instanceof AnthropicApiError)) {
    return {
      class: 'unreadable',
      status: undefined,
      message: thrown instanceof Error ? thrown.message : String(thrown),
    };
  }
  const seen = seenError(thrown);
  return { class: classOf(seen), status: seen.status, message: seen.message ?? '' };
}

function classOf({ status, type, code }: SeenError): NeutralErrorClass {
  if (status === undefined) return BY_WORD.get(code ?? '') ?? BY_WORD.get(type ?? '') ?? 'vendor';
  return BY_STATUS.get(status) ?? (status < 500 ? 'invalid-request' : 'vendor');
}
