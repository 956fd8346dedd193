import type { CanonicalRequest, FinishReason, FormatId, GatewayError, Usage } from '@sluice/core';
import type { Principal } from '@sluice/auth';
import type { RuntimeSnapshot } from '@sluice/config';
import { Cancellation } from '@sluice/streaming';
import type { EnvelopeFacts, WireCall } from '@sluice/translator-kit';
import type { Admission, ExchangeEnding } from '@sluice/usage';
import type { AnswerFlaw } from './answer-flaw.js';
import type { ClientAnswer } from './client-answer.js';
import type { ClientRequest } from './client-request.js';
import type { Conversation } from './conversation.js';
import type { ExchangeRecord } from './exchange-record.js';

/** The call that an exchange has in the air, or had last. */
export interface CurrentAttempt {
  readonly provider: string;
  readonly accountId: string;
  /** Undefined = the call names no model. */
  readonly upstreamModel: string | undefined;
  readonly upstreamFormat: FormatId;
}

/**
 * One client request and everything we know about it. The only mutable thing on the inference path: each step fills in what
 * it learnt, and the record of the whole is taken from here when the exchange has ended.
 */
export class Exchange {
  readonly cancellation = new Cancellation();
  principal: Principal | undefined;
  call: WireCall | undefined;
  facts: EnvelopeFacts | undefined;
  /** The request in canonical words; undefined while it passes through. */
  canonical: CanonicalRequest | undefined;
  /** The same with what the vendor of this attempt cannot read by its address; undefined = nothing had to be fetched. */
  completed: CanonicalRequest | undefined;
  /** What the gateway remembers of the conversation; undefined = it remembers nothing for this client. */
  conversation: Conversation | undefined;
  admission: Admission | undefined;
  attempts = 0;
  attempt: CurrentAttempt | undefined;
  /** Whether the vendor has begun to answer the call that is in the air, or was last. */
  isAnswering = false;
  usage: Usage | undefined;
  /** Characters of content that the answer has brought so far; undefined = nobody counts them. */
  contentChars: number | undefined;
  finishReason: FinishReason | undefined;
  /** Undefined = nothing is known to be wrong with the answer. */
  flaw: AnswerFlaw | undefined;
  upstreamRequestId: string | undefined;
  warnings = 0;
  /** Of a body that was sent on while it came. */
  streamedBytesIn = 0;
  status = 0;
  ending: ExchangeEnding | undefined;
  error: GatewayError | undefined;
  /** Whether it waits for a vendor's answer, and its client for it. */
  isAwaited = false;
  /** The stream whose bytes pass as they come; undefined = what the client has read ends with a whole event. */
  passing: { readonly isInsideEvent: boolean } | undefined;
  /** What whoever keeps silent clients awake saw last: how many bytes the answer had, and since when. */
  bytesSeen = 0;
  quietSinceMs: number;
  /** The place in the list of open exchanges, which is that list's own business; undefined = not in it. */
  openSlot: number | undefined;
  /** How far the answer had come at the vendor's latest word on usage. */
  #reportedChars = 0;

  constructor(
    readonly request: ClientRequest,
    readonly answer: ClientAnswer,
    readonly snapshot: RuntimeSnapshot,
    readonly startedAtMs: number,
  ) {
    this.quietSinceMs = startedAtMs;
  }

  /** Stops the exchange from outside (client gone, process draining): the upstream is cancelled and the error is the answer. */
  interrupt(error: GatewayError): void {
    this.cancellation.cancel(error);
  }

  /** A call is sent: what was heard from the one before says nothing of it. */
  beginCall(): void {
    this.attempts += 1;
    this.isAnswering = false;
    this.usage = this.contentChars = this.finishReason = this.flaw = this.upstreamRequestId = undefined;
    this.#reportedChars = this.warnings = 0;
  }

  /** The vendor's latest word on usage: of what it has brought so far. */
  reportUsage(usage: Usage): void {
    this.usage = usage;
    this.#reportedChars = this.contentChars ?? 0;
  }

  /** Characters of content that came behind the vendor's latest word on usage; undefined = nobody counts them. */
  get unreportedChars(): number | undefined {
    return this.contentChars === undefined ? undefined : this.contentChars - this.#reportedChars;
  }

  /** The exchange came to its end. The first word counts. */
  conclude(ending: ExchangeEnding, error?: GatewayError): void {
    if (this.ending !== undefined) return;
    this.ending = ending;
    this.error = error;
  }

  toRecord(nowMs: number): ExchangeRecord {
    const { request, answer, attempt } = this;
    return {
      requestId: request.requestId,
      principalId: this.principal?.id,
      clientFormat: request.format.id,
      clientAddress: request.clientAddress,
      requestedModel: this.facts?.model,
      stream: this.facts?.stream ?? false,
      upstreamModel: attempt?.upstreamModel,
      upstreamFormat: attempt?.upstreamFormat,
      provider: attempt?.provider,
      accountId: attempt?.accountId,
      attempts: this.attempts,
      ending: this.ending ?? 'failed',
      status: this.status,
      errorKind: this.error?.kind,
      failure: this.error,
      finishReason: this.finishReason,
      usage: this.usage,
      flaw: this.flaw,
      warnings: this.warnings,
      upstreamRequestId: this.upstreamRequestId,
      startedAtMs: this.startedAtMs,
      durationMs: nowMs - this.startedAtMs,
      firstByteMs: answer.begunAtMs === undefined ? undefined : answer.begunAtMs - this.startedAtMs,
      bytesIn: this.call?.body.length ?? this.streamedBytesIn,
      bytesOut: answer.bytesWritten,
    };
  }
}
