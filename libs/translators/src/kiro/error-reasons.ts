import type { GatewayErrorKind } from '@sluice/core';

/** What a word of the vendor stands for. */
export interface ReasonRow {
  readonly kind: GatewayErrorKind;
  /** The status that it stands for, where the one beside it misleads or there is none. */
  readonly status: number;
  /** A sentence for people, put before the vendor's own. */
  readonly sentence?: string;
}

const QUOTA = { kind: 'upstream_quota_exhausted', status: 429 } as const;
const CONTEXT = { kind: 'upstream_context_length', status: 400 } as const;
const BAD_REQUEST = { kind: 'upstream_invalid_request', status: 400 } as const;
const NO_CAPACITY = { kind: 'upstream_overloaded', status: 503 } as const;
const THROTTLED = { kind: 'upstream_rate_limited', status: 429 } as const;
const REFUSED = { kind: 'upstream_auth_failed', status: 403 } as const;
const NO_MODEL = { kind: 'upstream_not_found', status: 404 } as const;

/**
 * Stable reasons. They say more than the status, which varies: monthly quota comes with 400, 402 and 429, and a request that
 * is wrong also as a 5xx.
 * @see https://github.com/aws/amazon-q-developer-cli (the enums of the service's model)
 */
export const REASONS: ReadonlyMap<string, ReasonRow> = new Map(
  Object.entries({
    MONTHLY_REQUEST_COUNT: {
      ...QUOTA,
      sentence: 'Monthly request count limit reached. Please wait until next month or upgrade your plan.',
    },
    MONTHLY_REQUEST_LIMIT_REACHED: {
      ...QUOTA,
      sentence: 'Monthly request limit reached. Please wait until next month or upgrade your plan.',
    },
    OVERAGE_REQUEST_LIMIT_EXCEEDED: QUOTA,
    DAILY_REQUEST_COUNT: QUOTA,
    CONTENT_LENGTH_EXCEEDS_THRESHOLD: {
      ...CONTEXT,
      sentence: 'Content length exceeds the maximum allowed limit. Please reduce your input size.',
    },
    CONVERSATION_LIMIT_EXCEEDED: CONTEXT,
    REQUEST_BODY_INVALID: BAD_REQUEST,
    TOOL_USE_RESULT_MISMATCH: BAD_REQUEST,
    TOOL_SCHEMA_INVALID: BAD_REQUEST,
    THINKING_SIGNATURE_INVALID: BAD_REQUEST,
    INVALID_CONVERSATION_ID: BAD_REQUEST,
    VALIDATION_EXCEPTION: {
      ...BAD_REQUEST,
      sentence: 'Request validation failed. Please check your input parameters.',
    },
    INVALID_MODEL_ID: NO_MODEL,
    INSUFFICIENT_MODEL_CAPACITY: NO_CAPACITY,
    MODEL_TEMPORARILY_UNAVAILABLE: NO_CAPACITY,
    SERVICE_UNAVAILABLE: {
      ...NO_CAPACITY,
      sentence: 'Kiro service is temporarily unavailable. Please try again later.',
    },
    USER_REQUEST_RATE_EXCEEDED: THROTTLED,
    SERVICE_REQUEST_RATE_EXCEEDED: THROTTLED,
    CREDIT_CONSUMPTION_RATE_EXCEEDED: THROTTLED,
    RATE_LIMIT_EXCEEDED: {
      ...THROTTLED,
      sentence: 'Rate limit exceeded. Please slow down your requests and try again.',
    },
    THROTTLING_EXCEPTION: {
      ...THROTTLED,
      sentence: 'Request throttled due to high traffic. Please wait a moment and retry.',
    },
    TEMPORARILY_SUSPENDED: REFUSED,
    FEATURE_NOT_SUPPORTED: REFUSED,
  } satisfies Record<string, ReasonRow>),
);

/** Names of modelled exceptions, without their namespace; they come as `__type` in bodies and as a header inside streams. */
export const EXCEPTIONS: ReadonlyMap<string, ReasonRow> = new Map(
  Object.entries({
    AccessDeniedException: REFUSED,
    ConflictException: { kind: 'upstream_invalid_request', status: 409 },
    ContentLengthExceededException: CONTEXT,
    InternalServerException: { kind: 'upstream_error', status: 500 },
    ModelNotReadyException: NO_CAPACITY,
    ResourceNotFoundException: NO_MODEL,
    ServiceQuotaExceededException: QUOTA,
    ServiceUnavailableException: NO_CAPACITY,
    ThrottlingException: THROTTLED,
    ValidationException: BAD_REQUEST,
  } satisfies Record<string, ReasonRow>),
);

/** Sentences of answers that give no reason. First match counts. */
const SENTENCES: readonly (readonly [pattern: RegExp, row: ReasonRow])[] = [
  [/input is too long/i, CONTEXT],
  [/improperly formed request|invalid tool use format|expected toolresult blocks/i, BAD_REQUEST],
  [/invalid model\b/i, NO_MODEL],
  [/unexpectedly high load|experiencing high traffic/i, NO_CAPACITY],
  [/suspicious activity[^]*temporary limits/i, THROTTLED],
];

/** The row of the first sentence that the message holds. */
export function rowOfSentence(message: string): ReasonRow | undefined {
  return SENTENCES.find(([pattern]) => pattern.test(message))?.[1];
}
