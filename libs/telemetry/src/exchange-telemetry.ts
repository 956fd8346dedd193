import type { ExchangeFacts, FailedAttemptFacts } from './exchange-facts.js';
import type { ExchangeLog } from './logs/exchange-log.js';
import type { GatewayMetrics } from './metrics/gateway-metrics.js';

/** Hears of exchanges and tells the log and the metrics. Has the shape of the `ExchangeListener` of `@sluice/dispatch`. */
export class ExchangeTelemetry {
  constructor(
    private readonly log: ExchangeLog,
    private readonly metrics: GatewayMetrics,
  ) {}

  started(): void {
    this.metrics.exchangeStarted();
  }

  attemptFailed(attempt: FailedAttemptFacts): void {
    this.metrics.attemptFailed(attempt.provider, attempt.failure.error.kind);
    this.log.attemptFailed(attempt);
  }

  /** Exactly once for every `started`. */
  settled(exchange: ExchangeFacts): void {
    this.metrics.exchangeSettled(exchange);
    this.log.settled(exchange);
  }
}
