import type { Usage } from '@sluice/core';
import type { ExchangeFacts } from '../exchange-facts.js';
import type { CounterCell } from './counter-family.js';
import type { ExchangeFamilies } from './exchange-families.js';
import type { HistogramCell } from './histogram-family.js';

const MS_PER_SECOND = 1000;
/** The label of what an exchange never reached. */
const NONE = 'none';

type TokenKind = 'input' | 'output' | 'cache_read' | 'cache_write' | 'reasoning';

/** Every series that exchanges with the same labels touch, looked up once. */
export class ExchangeSeries {
  readonly #families: ExchangeFamilies;
  readonly #provider: string;
  readonly #model: string;
  readonly #requests: CounterCell;
  readonly #duration: HistogramCell;
  readonly #firstByte: HistogramCell;
  readonly #warnings: CounterCell;
  readonly #attempts: CounterCell | undefined;
  readonly #clientClosed: CounterCell | undefined;
  /** Made when first needed: most vendors report only some kinds. */
  readonly #tokens: Partial<Record<TokenKind, CounterCell>> = {};

  constructor(families: ExchangeFamilies, exchange: ExchangeFacts, model: string) {
    const { clientFormat, upstreamFormat, ending, status } = exchange;
    const provider = exchange.provider ?? NONE;
    const format = clientFormat;
    const stream = String(exchange.stream);
    this.#families = families;
    this.#provider = provider;
    this.#model = model;
    this.#requests = families.requests.cell({ format, provider, model, status: String(status), ending });
    this.#duration = families.duration.cell({ format, provider, stream });
    this.#firstByte = families.firstByte.cell({ format, provider, stream });
    this.#warnings = families.warnings.cell({ from: clientFormat, to: upstreamFormat ?? NONE });
    if (ending !== 'failed' && exchange.provider !== undefined) {
      this.#attempts = families.attempts.cell({ provider, outcome: ending });
    }
    if (ending === 'client-closed') this.#clientClosed = families.clientClosed.cell({ format, provider });
  }

  add(exchange: ExchangeFacts): void {
    this.#requests.add(1);
    this.#duration.observe(exchange.durationMs / MS_PER_SECOND);
    if (exchange.firstByteMs !== undefined) this.#firstByte.observe(exchange.firstByteMs / MS_PER_SECOND);
    if (exchange.warnings > 0) this.#warnings.add(exchange.warnings);
    if (exchange.attempts > 0) this.#attempts?.add(1);
    this.#clientClosed?.add(1);
    if (exchange.flaw !== undefined) {
      this.#families.flawedAnswers.cell({ provider: this.#provider, ...exchange.flaw }).add(1);
    }
    if (exchange.usage !== undefined) this.#addTokens(exchange.usage);
  }

  #addTokens(usage: Usage): void {
    this.#addKind('input', usage.input);
    this.#addKind('output', usage.output);
    this.#addKind('cache_read', usage.cacheRead);
    this.#addKind('cache_write', usage.cacheWrite5m);
    this.#addKind('cache_write', usage.cacheWrite1h);
    this.#addKind('reasoning', usage.reasoning);
  }

  #addKind(kind: TokenKind, count: number | undefined): void {
    if (count === undefined || !(count > 0)) return;
    const cell = (this.#tokens[kind] ??= this.#families.tokens.cell({
      provider: this.#provider,
      model: this.#model,
      kind,
    }));
    cell.add(count);
  }
}
