import { GatewayError, redactText, type JsonObject, type JsonValue } from '@sluice/core';
import type { HeaderRule } from '@sluice/config';
import type { Account, Credential } from '@sluice/provider-kit';

/** Longer messages of a vendor are cut: an error is a sentence, not a page. */
const MAX_MESSAGE_CHARACTERS = 8192;

/** A vendor's error body is a few levels deep; what lies deeper is left out. */
const MAX_BODY_DEPTH = 32;

/**
 * Everything that was sent to a vendor for an account and that nobody else may read.
 * @param credential undefined = there was none yet
 * @param secretSettings the members of the account's settings that hold secrets
 * @param headerRules whose values went along, perhaps
 */
export function secretsOf(
  account: Account,
  credential: Credential | undefined,
  secretSettings: readonly string[] = [],
  headerRules: readonly HeaderRule[] = [],
): readonly string[] {
  const settings = secretSettings.map((name) => account.settings[name]);
  const ruled = headerRules.flatMap(({ set }) => Object.values(set));
  const details = Object.values(credential?.details ?? {});
  const values = [credential?.secret, ...details, ...settings, ...Object.values(account.headers), ...ruled];
  return values.filter((value): value is string => typeof value === 'string' && value.length > 0);
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
          body: { format: upstream.body.format, value: cleanObject(upstream.body.value, clean, MAX_BODY_DEPTH) },
        }),
      },
    }),
  });
}

function cleanObject(value: JsonObject, clean: (text: string) => string, depth: number): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      clean(name),
      member === undefined ? member : cleanValue(member, clean, depth - 1),
    ]),
  );
}

function cleanValue(value: JsonValue, clean: (text: string) => string, depth: number): JsonValue {
  if (typeof value === 'string') return clean(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return null;
  if (Array.isArray(value)) return value.map((item: JsonValue) => cleanValue(item, clean, depth - 1));
  return cleanObject(value as JsonObject, clean, depth); // arrays are handled above
}
