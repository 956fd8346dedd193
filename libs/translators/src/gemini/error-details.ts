import type { JsonObject } from '@sluice/core';
import { objectMember, objectsMember, textMember } from '@sluice/translator-kit';

const TYPE_PREFIX = 'type.googleapis.com/google.rpc.';
/** A duration on the wire: `34.4s`. */
const DURATION = /^(\d+(?:\.\d+)?)s$/;
const MS_PER_SECOND = 1000;

/** What the details of Google's error say beyond its status. */
export interface ErrorFacts {
  /** A stable word (`API_KEY_INVALID`). */
  readonly reason?: string;
  readonly retryAfterMs?: number;
  /** Whether a quota of a whole day is used up. */
  readonly isDailyQuota: boolean;
}

/** @see https://cloud.google.com/apis/design/errors#error_details */
export function readErrorDetails(body: JsonObject): ErrorFacts {
  const details = objectsMember(objectMember(body, 'error'), 'details');
  const reason = textMember(detailOf(details, 'ErrorInfo'), 'reason');
  const [, seconds] = DURATION.exec(textMember(detailOf(details, 'RetryInfo'), 'retryDelay') ?? '') ?? [];
  const violations = objectsMember(detailOf(details, 'QuotaFailure'), 'violations');
  return {
    ...(reason !== undefined && { reason }),
    ...(seconds !== undefined && { retryAfterMs: Math.ceil(Number(seconds) * MS_PER_SECOND) }),
    isDailyQuota: violations.some((violation) => /PerDay/i.test(textMember(violation, 'quotaId') ?? '')),
  };
}

/** A detail that names a stable word. */
export function errorInfo(reason: string, domain: string): JsonObject {
  return { '@type': `${TYPE_PREFIX}ErrorInfo`, reason, domain };
}

/** A detail that says how long to wait. */
export function retryInfo(retryAfterMs: number): JsonObject {
  return { '@type': `${TYPE_PREFIX}RetryInfo`, retryDelay: `${retryAfterMs / MS_PER_SECOND}s` };
}

function detailOf(details: readonly JsonObject[], type: string): JsonObject | undefined {
  return details.find((detail) => detail['@type'] === TYPE_PREFIX + type);
}
