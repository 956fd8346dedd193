import { Counter, type Registry } from 'prom-client';
import { LabelledCells } from './labelled-cells.js';

/** One time series that only grows. Written with `count`; a plain number until somebody scrapes. */
export class CounterCell {
  #pending = 0;

  add(amount: number): void {
    this.#pending += amount;
  }

  takePending(): number {
    const pending = this.#pending;
    this.#pending = 0;
    return pending;
  }
}

interface CounterFamilyOptions<Label extends string> {
  readonly registry: Registry;
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly Label[];
}

/** A prom-client counter whose series are counted in cells of ours and handed over when it is collected. */
export class CounterFamily<Label extends string> {
  readonly #cells = new LabelledCells<Label, CounterCell>(() => new CounterCell());

  constructor({ registry, name, help, labelNames }: CounterFamilyOptions<Label>) {
    const cells = this.#cells;
    new Counter<Label>({
      name,
      help,
      labelNames,
      registers: [registry],
      collect() {
        for (const { labels, cell } of cells.all()) {
          const pending = cell.takePending();
          if (pending > 0) this.inc(labels, pending);
        }
      },
    });
  }

  /** The cell for these labels, always the same one. Keep it where it is used often. */
  cell(labels: Readonly<Record<Label, string>>): CounterCell {
    return this.#cells.of(labels);
  }
}
