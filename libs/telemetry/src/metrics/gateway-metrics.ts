import type { GatewayErrorKind } from '@sluice/core';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { ExchangeFacts } from '../exchange-facts.js';
import { ExchangeFamilies } from './exchange-families.js';
import { ExchangeSeries } from './exchange-series.js';
import { DEFAULT_MAX_MODEL_LABELS, ModelLabels } from './model-labels.js';

/** Combinations of labels that are kept looked up; more only cost a few microseconds each. */
const MAX_CACHED_SERIES = 4096;
/** How finely the delay of the event loop is sampled. */
const EVENT_LOOP_SAMPLING_MS = 50;

export interface GatewayMetricsOptions {
  /** Distinct values of the label `model`; further models are `other`. Default 200. */
  readonly maxModelLabels?: number;
  /** Also node's own metrics (memory, CPU, garbage collection, event loop). Default true. */
  readonly processMetrics?: boolean;
  /** How many log lines were lost so far. */
  readonly lostLogLines?: () => number;
}

/**
 * What the gateway counts, for Prometheus, in a registry of its own.
 *
 * On the hot path: an exchange costs one look-up and a few additions; labels are hashed and text is made when somebody scrapes.
 */
export class GatewayMetrics {
  /** For metrics of other libraries. */
  readonly registry = new Registry();
  readonly #families = new ExchangeFamilies(this.registry);
  readonly #models: ModelLabels;
  readonly #series = new Map<string, ExchangeSeries>();
  #inFlight = 0;

  constructor(options: GatewayMetricsOptions = {}) {
    this.#models = new ModelLabels(options.maxModelLabels ?? DEFAULT_MAX_MODEL_LABELS);
    this.#publishInFlight();
    if (options.lostLogLines !== undefined) this.#publishLostLogLines(options.lostLogLines);
    if (options.processMetrics ?? true) {
      collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: EVENT_LOOP_SAMPLING_MS });
    }
  }

  /** The media type of `render`. */
  get contentType(): string {
    return this.registry.contentType;
  }

  exchangeStarted(): void {
    this.#inFlight += 1;
  }

  /** Exactly once for every `exchangeStarted`. */
  exchangeSettled(exchange: ExchangeFacts): void {
    this.#inFlight -= 1;
    this.#seriesOf(exchange).add(exchange);
  }

  /** One call to a vendor failed, whatever happens next. */
  attemptFailed(provider: string, kind: GatewayErrorKind): void {
    this.#families.attempts.cell({ provider, outcome: 'failed' }).add(1);
    this.#families.upstreamFailures.cell({ provider, kind }).add(1);
  }

  /** All metrics in Prometheus' text format. */
  render(): Promise<string> {
    return this.registry.metrics();
  }

  #seriesOf(exchange: ExchangeFacts): ExchangeSeries {
    const model = this.#models.of(exchange);
    const { clientFormat, upstreamFormat, provider, status, ending, stream } = exchange;
    const key = `${clientFormat} ${upstreamFormat} ${provider} ${status} ${ending} ${stream} ${model}`;
    let series = this.#series.get(key);
    if (series === undefined) {
      series = new ExchangeSeries(this.#families, exchange, model);
      if (this.#series.size >= MAX_CACHED_SERIES) this.#series.clear(); // the counts are in the families
      this.#series.set(key, series);
    }
    return series;
  }

  #publishInFlight(): void {
    const current = (): number => this.#inFlight;
    new Gauge({
      name: 'sluice_in_flight_requests',
      help: 'Exchanges that have begun and not ended.',
      registers: [this.registry],
      collect() {
        this.set(current());
      },
    });
  }

  #publishLostLogLines(lostLogLines: () => number): void {
    new Counter({
      name: 'sluice_log_lines_lost_total',
      help: 'Log lines dropped because their destination is too slow, and failed writes.',
      registers: [this.registry],
      collect() {
        this.reset();
        this.inc(lostLogLines());
      },
    });
  }
}
