import type { GatewayErrorKind } from '@sluice/core';

/** What an exception of the service stands for. */
export interface ExceptionRow {
  readonly kind: GatewayErrorKind;
  /** The status that it stands for inside a 200. */
  readonly status: number;
}

const REFUSED = { kind: 'upstream_auth_failed', status: 403 } as const satisfies ExceptionRow;

/**
 * Exceptions by their name without namespace. Inside streams they begin with a small letter.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors
 */
const EXCEPTIONS: ReadonlyMap<string, ExceptionRow> = new Map(
  Object.entries({
    AccessDeniedException: REFUSED,
    ConflictException: { kind: 'upstream_invalid_request', status: 409 },
    ExpiredTokenException: REFUSED,
    IncompleteSignatureException: REFUSED,
    InternalServerException: { kind: 'upstream_error', status: 500 },
    InvalidSignatureException: REFUSED,
    MissingAuthenticationTokenException: REFUSED,
    ModelErrorException: { kind: 'upstream_error', status: 424 },
    ModelNotReadyException: { kind: 'upstream_overloaded', status: 429 },
    ModelStreamErrorException: { kind: 'upstream_error', status: 424 },
    ModelTimeoutException: { kind: 'upstream_timed_out', status: 408 },
    ResourceNotFoundException: { kind: 'upstream_not_found', status: 404 },
    ServiceQuotaExceededException: { kind: 'upstream_quota_exhausted', status: 429 },
    ServiceUnavailableException: { kind: 'upstream_overloaded', status: 503 },
    ThrottlingException: { kind: 'upstream_rate_limited', status: 429 },
    UnrecognizedClientException: REFUSED,
    ValidationException: { kind: 'upstream_invalid_request', status: 400 },
  } satisfies Record<string, ExceptionRow>),
);

/** Sentences that say more than the exception they come with. First match counts. */
const SENTENCES: readonly (readonly [pattern: RegExp, kind: GatewayErrorKind])[] = [
  [
    /input is too long|prompt is too long|too many input tokens|exceeds? the (?:maximum )?context/i,
    'upstream_context_length',
  ],
  [/model identifier is invalid|on-demand throughput isn.t supported/i, 'upstream_not_found'],
  [/too many tokens per day/i, 'upstream_quota_exhausted'],
];

/** @param name as it came: `com.amazon…#ThrottlingException:http://…`, `throttlingException` */
export function exceptionName(name: string): string {
  const [bare = ''] = name.slice(name.lastIndexOf('#') + 1).split(':');
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}

export function rowOfException(name: string | undefined): ExceptionRow | undefined {
  return name === undefined ? undefined : EXCEPTIONS.get(name);
}

export function kindOfSentence(message: string | undefined): GatewayErrorKind | undefined {
  return message === undefined ? undefined : SENTENCES.find(([pattern]) => pattern.test(message))?.[1];
}
