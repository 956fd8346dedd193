import { redact, redactText } from '@sluice/core';
import type { ExchangeFacts, FailedAttemptFacts } from '../exchange-facts.js';
import { FlatLine, type FlatValue } from './flat-line.js';
import type { PinoLogger } from './pino-logger.js';

/** Longer names of a client's or a vendor's making are cut. */
const MAX_NAME_CHARACTERS = 128;

/** In the order in which they are written. */
const EXCHANGE_LINE = new FlatLine('exchange', [
  'requestId',
  'clientFormat',
  'upstreamFormat',
  'requestedModel',
  'upstreamModel',
  'provider',
  'accountId',
  'principalId',
  'clientAddress',
  'status',
  'ending',
  'errorKind',
  'finishReason',
  'inputTokens',
  'outputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'reasoningTokens',
  'usageSource',
  'attempts',
  'stream',
  'durationMs',
  'firstByteMs',
  'bytesIn',
  'bytesOut',
  'warnings',
  'upstreamRequestId',
  'failure',
]);

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
    const { usage, requestedModel, upstreamModel } = exchange;
    const shownModel = nameOf(requestedModel);
    this.logger.writeFlat(isFault ? 'warn' : 'info', EXCHANGE_LINE, {
      requestId: nameOf(exchange.requestId),
      clientFormat: exchange.clientFormat,
      upstreamFormat: exchange.upstreamFormat,
      requestedModel: shownModel,
      upstreamModel: upstreamModel === requestedModel ? shownModel : nameOf(upstreamModel),
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
      failure: isFault && exchange.failure !== undefined ? explain(exchange) : undefined,
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
function explain({ failure, errorKind }: ExchangeFacts): FlatValue {
  if (errorKind === 'internal_error' || !(failure instanceof Error)) return redact(failure) ?? undefined;
  return redactText(failure.cause instanceof Error ? `${failure.message} (${failure.cause.message})` : failure.message);
}
