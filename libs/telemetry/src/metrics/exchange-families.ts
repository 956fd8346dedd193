import type { Registry } from 'prom-client';
import { CounterFamily } from './counter-family.js';
import { HistogramFamily } from './histogram-family.js';

const DURATION_BUCKETS_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600];
const FIRST_BYTE_BUCKETS_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60];

/** The metrics that exchanges write, by name. */
export class ExchangeFamilies {
  readonly requests;
  readonly duration;
  readonly firstByte;
  readonly tokens;
  readonly attempts;
  readonly upstreamFailures;
  readonly warnings;
  readonly clientClosed;
  readonly flawedAnswers;

  constructor(registry: Registry) {
    this.requests = new CounterFamily({
      registry,
      name: 'sluice_requests_total',
      help: 'Exchanges that have ended, by how.',
      labelNames: ['format', 'provider', 'model', 'status', 'ending'],
    });
    this.duration = new HistogramFamily({
      registry,
      name: 'sluice_request_duration_seconds',
      help: 'From the request to the last byte of the answer.',
      labelNames: ['format', 'provider', 'stream'],
      buckets: DURATION_BUCKETS_SECONDS,
    });
    this.firstByte = new HistogramFamily({
      registry,
      name: 'sluice_time_to_first_byte_seconds',
      help: 'From the request to the first byte of the answer.',
      labelNames: ['format', 'provider', 'stream'],
      buckets: FIRST_BYTE_BUCKETS_SECONDS,
    });
    this.tokens = new CounterFamily({
      registry,
      name: 'sluice_tokens_total',
      help: 'Tokens used. Do not add up kinds: input includes cache_read and cache_write, output includes reasoning.',
      labelNames: ['provider', 'model', 'kind'],
    });
    this.attempts = new CounterFamily({
      registry,
      name: 'sluice_attempts_total',
      help: 'Calls sent to vendors: failed, or how the exchange ended that they answered.',
      labelNames: ['provider', 'outcome'],
    });
    this.upstreamFailures = new CounterFamily({
      registry,
      name: 'sluice_upstream_failures_total',
      help: 'Failed calls to vendors, by what went wrong.',
      labelNames: ['provider', 'kind'],
    });
    this.warnings = new CounterFamily({
      registry,
      name: 'sluice_translation_warnings_total',
      help: 'Things that a request said and the upstream format cannot say.',
      labelNames: ['from', 'to'],
    });
    this.clientClosed = new CounterFamily({
      registry,
      name: 'sluice_client_closed_total',
      help: 'Exchanges whose client went away before the end.',
      labelNames: ['format', 'provider'],
    });
    this.flawedAnswers = new CounterFamily({
      registry,
      name: 'sluice_flawed_answers_total',
      help: 'Answers that a vendor cut or left without content: told to the client, or asked for again.',
      labelNames: ['provider', 'flaw', 'outcome'],
    });
  }
}
