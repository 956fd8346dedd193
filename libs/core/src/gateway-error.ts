import type { FormatId } from './format-id.js';
import type { JsonObject } from './json.js';
import { GATEWAY_ERRORS, type GatewayErrorKind } from './gateway-error-kind.js';

/** What a vendor said when it refused. Everything in here has been checked for secrets before it is shown. */
export interface UpstreamErrorDetail {
  /** The vendor's HTTP status; for an error inside a 200 stream the status that its type stands for. */
  readonly status: number;
  readonly message: string;
  /** The vendor's own words, kept for clients of the same format. */
  readonly type?: string;
  readonly code?: string;
  readonly param?: string;
  readonly requestId?: string;
  /** The vendor's parsed error body, rendered only to clients of the same format. */
  readonly body?: { readonly format: FormatId; readonly value: JsonObject };
}

export interface GatewayErrorOptions {
  readonly kind: GatewayErrorKind;
  /** Safe for the client: what is wrong and what to do about it. Never a secret, a stack or a raw body. */
  readonly message: string;
  /** The member of the request that is wrong. */
  readonly param?: string;
  readonly retryAfterMs?: number;
  readonly upstream?: UpstreamErrorDetail;
  /** For our own log only. */
  readonly cause?: unknown;
}

/** What the client is told. Rendered by the client's format, never by hand. */
export class GatewayError extends Error {
  readonly kind: GatewayErrorKind;
  readonly param: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly upstream: UpstreamErrorDetail | undefined;

  constructor(options: GatewayErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'GatewayError';
    this.kind = options.kind;
    this.param = options.param;
    this.retryAfterMs = options.retryAfterMs;
    this.upstream = options.upstream;
  }

  /** The same error with a word on when to come back. */
  withRetryAfter(retryAfterMs: number): GatewayError {
    const { kind, message, param, upstream, cause } = this;
    return new GatewayError({
      kind,
      message,
      retryAfterMs,
      ...(param !== undefined && { param }),
      ...(upstream !== undefined && { upstream }),
      ...(cause !== undefined && { cause }),
    });
  }

  /** The HTTP status for the client: the vendor's where the kind hands it on, else the kind's own. */
  get status(): number {
    const row = GATEWAY_ERRORS[this.kind];
    return row.fromUpstream && this.upstream !== undefined ? this.upstream.status : row.status;
  }
}
