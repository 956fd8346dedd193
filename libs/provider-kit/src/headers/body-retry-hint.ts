import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';
import { resetAfterMs } from './reset-time.js';

/** Google renews its daily quotas at midnight there. @see https://ai.google.dev/gemini-api/docs/rate-limits */
const DAILY_QUOTA_ZONE = 'America/Los_Angeles';
const DAILY_QUOTA = /PerDay/;
const DAY_MS = 86_400_000;

/**
 * How long a vendor's error body asks us to stay away, where the headers say nothing: Google's `RetryInfo` and its daily quotas,
 * and `resets_in_seconds` and `resets_at` of a ChatGPT plan.
 * @param nowMs milliseconds since the epoch
 */
export function bodyRetryHintMs(body: Buffer, nowMs: number): number | undefined {
  const error = errorIn(body);
  if (error === undefined) return undefined;
  const inSeconds = error['resets_in_seconds'];
  if (typeof inSeconds === 'number') return resetAfterMs(String(inSeconds), nowMs);
  const at = error['resets_at'];
  if (typeof at === 'number') return resetAfterMs(String(at), nowMs);
  const details = Array.isArray(error['details']) ? error['details'].filter(isJsonObject) : [];
  if (details.some(isDailyQuota)) return untilMidnightMs(nowMs);
  const delay = details.find((detail) => isOfType(detail, 'RetryInfo'))?.['retryDelay'];
  return typeof delay === 'string' ? resetAfterMs(delay, nowMs) : undefined;
}

/** The error object, also from inside a list of one, as some endpoints wrap it. */
function errorIn(body: Buffer): JsonObject | undefined {
  let root: JsonValue;
  try {
    root = JSON.parse(body.toString()) as JsonValue; // what JSON.parse returns
  } catch {
    return undefined; // no JSON, no hint
  }
  const outer = Array.isArray(root) ? root[0] : root;
  if (outer === undefined || !isJsonObject(outer)) return undefined;
  const error = outer['error'];
  return error !== undefined && isJsonObject(error) ? error : undefined;
}

function isDailyQuota(detail: JsonObject): boolean {
  const violations = isOfType(detail, 'QuotaFailure') ? detail['violations'] : undefined;
  if (!Array.isArray(violations)) return false;
  return violations.some((violation) => isJsonObject(violation) && DAILY_QUOTA.test(String(violation['quotaId'])));
}

function isOfType(detail: JsonObject, name: string): boolean {
  return typeof detail['@type'] === 'string' && detail['@type'].endsWith(`google.rpc.${name}`);
}

function untilMidnightMs(nowMs: number): number {
  const clock = new Intl.DateTimeFormat('en-US', { timeZone: DAILY_QUOTA_ZONE, hourCycle: 'h23', timeStyle: 'medium' });
  const [hours = 0, minutes = 0, seconds = 0] = clock.format(nowMs).split(':').map(Number);
  return DAY_MS - ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}
