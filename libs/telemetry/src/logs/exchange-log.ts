import { redact, redactText } from '@sluice/core';
import type { ExchangeFacts, FailedAttemptFacts } from '../exchange-facts.js';
import { FlatLine, type FlatValue } from './flat-line.js';
import type { PinoLogger } from './pino-logger.js';

/** Longer names of a client's or a vendor's making are cut. */
const MAX_NAME_CHARACTERS = 128;

const EXCHANGE_LINE = new FlatLine<ExchangeFacts>({
  message: 'exchange',
  ids: [{ name: 'requestId', read: ({ requestId }) => requestId, show: shownName }],
  labels: [
    { name: 'clientFormat', read: ({ clientFormat }) => clientFormat },
    { name: 'upstreamFormat', read: ({ upstreamFormat }) => upstreamFormat },
    { name: 'requestedModel', read: ({ requestedModel }) => requestedModel, show: shownName },
    { name: 'upstreamModel', read: ({ upstreamModel }) => upstreamModel, show: shownName },
    { name: 'provider', read: ({ provider }) => provider },
    { name: 'accountId', read: ({ accountId }) => accountId },
    { name: 'principalId', read: ({ principalId }) => principalId },
    { name: 'clientAddress', read: ({ clientAddress }) => clientAddress },
    { name: 'status', read: ({ status }) => status },
    { name: 'ending', read: ({ ending }) => ending },
    { name: 'errorKind', read: ({ errorKind }) => errorKind },
    { name: 'finishReason', read: ({ finishReason }) => finishReason?.unified },
    { name: 'flaw', read: ({ flaw }) => flaw?.flaw },
    { name: 'flawOutcome', read: ({ flaw }) => flaw?.outcome },
    { name: 'usageSource', read: ({ usage }) => usage?.source },
    { name: 'attempts', read: ({ attempts }) => attempts },
    { name: 'stream', read: ({ stream }) => stream },
    { name: 'warnings', read: ({ warnings }) => warnings },
  ],
  figures: [
    { name: 'inputTokens', read: ({ usage }) => usage?.input },
    { name: 'outputTokens', read: ({ usage }) => usage?.output },
    { name: 'cacheReadTokens', read: ({ usage }) => usage?.cacheRead },
    { name: 'cacheWriteTokens', read: cacheWrites },
    { name: 'reasoningTokens', read: ({ usage }) => usage?.reasoning },
    { name: 'durationMs', read: ({ durationMs }) => durationMs },
    { name: 'firstByteMs', read: ({ firstByteMs }) => firstByteMs },
    { name: 'bytesIn', read: ({ bytesIn }) => bytesIn },
    { name: 'bytesOut', read: ({ bytesOut }) => bytesOut },
    { name: 'upstreamRequestId', read: ({ upstreamRequestId }) => upstreamRequestId, show: shownName },
    { name: 'failure', read: explain },
  ],
});

/**
 * One line per exchange (`msg: "exchange"`) and one per failed call to a vendor (`msg: "attempt failed"`).
 *
 * On the hot path: fields are flat, and only those that a client or a vendor words are redacted.
 */
export class ExchangeLog {
  constructor(private readonly logger: PinoLogger) {}

  /** Level `info`; `warn` when the exchange failed or broke. */
  settled(exchange: ExchangeFacts): void {
    this.logger.writeFlat(isFault(exchange) ? 'warn' : 'info', EXCHANGE_LINE, exchange);
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

function isFault({ ending }: ExchangeFacts): boolean {
  return ending === 'failed' || ending === 'broken';
}

function shownName(name: FlatValue): string {
  const clean = redactText(String(name));
  return clean.length > MAX_NAME_CHARACTERS ? clean.slice(0, MAX_NAME_CHARACTERS) : clean;
}

function cacheWrites({ usage }: ExchangeFacts): number | undefined {
  if (usage?.cacheWrite5m === undefined) return usage?.cacheWrite1h;
  return usage.cacheWrite5m + (usage.cacheWrite1h ?? 0);
}

/** A failure that has a kind of its own is a sentence; one of ours comes with its stack. */
function explain(exchange: ExchangeFacts): FlatValue {
  const { failure, errorKind } = exchange;
  if (failure === undefined || !isFault(exchange)) return undefined;
  if (errorKind === 'internal_error' || !(failure instanceof Error)) return redact(failure) ?? undefined;
  return redactText(failure.cause instanceof Error ? `${failure.message} (${failure.cause.message})` : failure.message);
}
