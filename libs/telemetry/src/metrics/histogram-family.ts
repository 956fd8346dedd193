import { Histogram, type Registry } from 'prom-client';
import { LabelledCells } from './labelled-cells.js';

/** One distribution: how many observations fell into each bucket. */
export class HistogramCell {
  /** One per bound and one for everything above; not cumulated. */
  readonly counts: number[];
  #sum = 0;

  constructor(private readonly bounds: readonly number[]) {
    this.counts = new Array<number>(bounds.length + 1).fill(0);
  }

  get sum(): number {
    return this.#sum;
  }

  observe(value: number): void {
    const { bounds, counts } = this;
    let bucket = 0;
    while (bucket < bounds.length && value > (bounds[bucket] ?? Infinity)) bucket++;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
    this.#sum += value;
  }
}

interface HistogramFamilyOptions<Label extends string> {
  readonly registry: Registry;
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly Label[];
  /** Upper bounds, ascending, in the unit that the name says. */
  readonly buckets: readonly number[];
}

type Collected<Label extends string> = Awaited<ReturnType<Histogram<Label>['get']>>;

/** A prom-client histogram whose series are counted in cells of ours, as its own `observe` hashes the labels on every call. */
export class HistogramFamily<Label extends string> extends Histogram<Label> {
  readonly #cells: LabelledCells<Label, HistogramCell>;
  readonly #buckets: readonly number[];
  readonly #name: string;
  readonly #description: Omit<Collected<Label>, 'values'>;

  constructor({ registry, name, help, labelNames, buckets }: HistogramFamilyOptions<Label>) {
    super({ name, help, labelNames, buckets: [...buckets], registers: [registry] });
    this.#name = name;
    // the declared enum of types has no runtime counterpart: the registry prints this word
    const type = 'histogram' as unknown as Collected<Label>['type'];
    this.#description = { name, help, type, aggregator: 'sum', collect: () => {} };
    this.#buckets = buckets;
    this.#cells = new LabelledCells(() => new HistogramCell(buckets));
  }

  /** The cell for these labels, always the same one. Keep it where it is used often. */
  cell(labels: Readonly<Record<Label, string>>): HistogramCell {
    return this.#cells.of(labels);
  }

  override get(): Promise<Collected<Label>> {
    const values = [...this.#cells.all()].flatMap(({ labels, cell }) => this.#series(labels, cell));
    return Promise.resolve({ ...this.#description, values });
  }

  /** What the registry prefers for text, where a metric has it; the inherited one would read the inherited counts. */
  getForPromString(): Promise<Collected<Label>> {
    return this.get();
  }

  #series(labels: Readonly<Record<Label, string>>, cell: HistogramCell): Collected<Label>['values'] {
    let total = 0;
    const buckets = [...this.#buckets, '+Inf'].map((bound, index) => {
      total += cell.counts[index] ?? 0;
      return { metricName: `${this.#name}_bucket`, labels: { ...labels, le: bound }, value: total };
    });
    return [
      ...buckets,
      { metricName: `${this.#name}_sum`, labels, value: cell.sum },
      { metricName: `${this.#name}_count`, labels, value: total },
    ];
  }
}
