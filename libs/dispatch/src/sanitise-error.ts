import { GatewayError, redactText, type JsonObject, type JsonValue } from '@sluice/core';
import type { Account, Credential } from '@sluice/provider-kit';

/** Longer messages of a vendor are cut: an error is a sentence, not a page. */
const MAX_MESSAGE_CHARACTERS = 8192;

/** Everything that was sent to a vendor for an account and that nobody else may read. */
export function secretsOf(account: Account, credential: Credential): readonly string[] {
  return [credential.secret, ...Object.values(credential.details ?? {}), ...Object.values(account.headers)].filter(
    (secret) => secret.length > 0,
  );
}

/** The same error with the secrets, and whatever looks like one, taken out of the vendor's words. */
export function sanitiseError(error: GatewayError, secrets: readonly string[]): GatewayError {
  const clean = (text: string): string => redactText(text, secrets).slice(0, MAX_MESSAGE_CHARACTERS);
  const { upstream } = error;
  return new GatewayError({
    kind: error.kind,
    message: clean(error.message),
    ...(error.param !== undefined && { param: clean(error.param) }),
    ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
    ...(error.cause !== undefined && { cause: error.cause }),
    ...(upstream !== undefined && {
      upstream: {
        ...upstream,
        message: clean(upstream.message),
        ...(upstream.type !== undefined && { type: clean(upstream.type) }),
        ...(upstream.code !== undefined && { code: clean(upstream.code) }),
        ...(upstream.param !== undefined && { param: clean(upstream.param) }),
        ...(upstream.body !== undefined && {
          body: { format: upstream.body.format, value: cleanObject(upstream.body.value, clean) },
        }),
      },
    }),
  });
}

function cleanObject(value: JsonObject, clean: (text: string) => string): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, member === undefined ? member : cleanValue(member, clean)]),
  );
}

function cleanValue(value: JsonValue, clean: (text: string) => string): JsonValue {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((item: JsonValue) => cleanValue(item, clean));
  if (typeof value === 'object' && value !== null) return cleanObject(value as JsonObject, clean); // arrays are handled above
  return value;
}
