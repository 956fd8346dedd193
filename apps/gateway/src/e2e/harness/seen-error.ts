import { APIError as AnthropicApiError } from '@anthropic-ai/sdk';
import { APIError as OpenAiApiError } from 'openai';
import { assertClean } from './after-test-checks.js';

/** A failure as an official SDK shows it to its user. */
export interface SeenError {
  /** The SDK's error class. */
  readonly name: string;
  /** Undefined for a failure inside a stream. */
  readonly status: number | undefined;
  readonly type: string | null | undefined;
  readonly code: string | null | undefined;
  readonly message: string | undefined;
}

/** What an SDK threw, and the headers that came with it. */
export interface Refusal {
  readonly error: SeenError;
  readonly headers: Headers;
}

/** Waits for the SDK to throw an error of the API. @throws Error when it answers or throws something else */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  const thrown: unknown = await call.then(
    () => new Error('the call was answered'),
    (error: unknown) => error,
  );
  const error = seenError(thrown);
  const headers = thrown instanceof OpenAiApiError || thrown instanceof AnthropicApiError ? thrown.headers : undefined;
  return { error, headers: headers ?? new Headers() };
}

/** @throws the thrown value itself when it is no error of the API */
export function seenError(thrown: unknown): SeenError {
  if (thrown instanceof OpenAiApiError) {
    assertClean(JSON.stringify([thrown.message, thrown.error, [...(thrown.headers ?? [])]]));
    const { status, type, code } = thrown;
    return { name: thrown.constructor.name, status, type, code, message: messageIn(thrown.error) ?? thrown.message };
  }
  if (thrown instanceof AnthropicApiError) {
    assertClean(JSON.stringify([thrown.message, thrown.error, [...(thrown.headers ?? [])]]));
    const { status, type, errorCode: code } = thrown;
    return { name: thrown.constructor.name, status, type, code, message: thrown.apiMessage ?? thrown.message };
  }
  throw thrown;
}

/** OpenAI's SDK puts the status before the message of the body. */
function messageIn(body: unknown): string | undefined {
  const isObject = typeof body === 'object' && body !== null && 'message' in body;
  return isObject && typeof body.message === 'string' ? body.message : undefined;
}
