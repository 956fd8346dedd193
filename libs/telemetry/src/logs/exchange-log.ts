import { redact, redactText } from '@sluice/core';
import type { ExchangeFacts, FailedAttemptFacts } from '../exchange-facts.js';
import type { PinoLogger } from './pino-logger.js';

/** Longer names of a client's making are cut. */
const MAX_NAME_CHARACTERS = 128;

/**
 * One line per exchange (`msg: "exchange"`) and one per failed call to a vendor (`msg: "attempt failed"`).
 *
 * On the hot path: fields are flat, and only those that a client or a vendor words are redacted.
 */
export class ExchangeLog {
  constructor(private readonly logger: PinoLogger) {}

  /** Level `info`; `warn` when the exchange failed or broke. */
  settled(exchange: ExchangeFacts): void {
    const isFault = exchange.ending === 'failed' || exchange.ending === 'broken';
    const level = isFault ? 'warn' : 'info';
    const { usage } = exchange;
    this.logger.writeClean(level, 'exchange', {
      requestId: nameOf(exchange.requestId),
      clientFormat: exchange.clientFormat,
      upstreamFormat: exchange.upstreamFormat,
      requestedModel: nameOf(exchange.requestedModel),
      upstreamModel: nameOf(exchange.upstreamModel),
      provider: exchange.provider,
      accountId: exchange.accountId,
      principalId: exchange.principalId,
      clientAddress: exchange.clientAddress,
      status: exchange.status,
      ending: exchange.ending,
      errorKind: exchange.errorKind,
      finishReason: exchange.finishReason?.unified,
      inputTokens: usage?.input,
      outputTokens: usage?.output,
      cacheReadTokens: usage?.cacheRead,
      cacheWriteTokens: cacheWrites(exchange),
      reasoningTokens: usage?.reasoning,
      usageSource: usage?.source,
      attempts: exchange.attempts,
      stream: exchange.stream,
      durationMs: exchange.durationMs,
      firstByteMs: exchange.firstByteMs,
      bytesIn: exchange.bytesIn,
      bytesOut: exchange.bytesOut,
      warnings: exchange.warnings,
      upstreamRequestId: nameOf(exchange.upstreamRequestId),
      ...(isFault && exchange.failure !== undefined && { failure: explain(exchange) }),
    });
  }

  attemptFailed({ requestId, provider, accountId, model, failure }: FailedAttemptFacts): void {
    this.logger.warn('attempt failed', {
      requestId,
      provider,
      accountId,
      model,
      errorKind: failure.error.kind,
      upstreamStatus: failure.error.upstream?.status,
      reason: failure.error.message,
      blame: failure.blame,
      action: failure.action,
      retryAfterMs: failure.retryAfterMs,
    });
  }
}

function nameOf(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const clean = redactText(name);
  return clean.length > MAX_NAME_CHARACTERS ? clean.slice(0, MAX_NAME_CHARACTERS) : clean;
}

function cacheWrites({ usage }: ExchangeFacts): number | undefined {
  if (usage?.cacheWrite5m === undefined) return usage?.cacheWrite1h;
  return usage.cacheWrite5m + (usage.cacheWrite1h ?? 0);
}

/** A failure that has a kind of its own is a sentence; one of ours comes with its stack. */
function explain({ failure, errorKind }: ExchangeFacts): unknown {
  if (errorKind === 'internal_error' || !(failure instanceof Error)) return redact(failure);
  return redactText(failure.cause instanceof Error ? `${failure.message} (${failure.cause.message})` : failure.message);
}
