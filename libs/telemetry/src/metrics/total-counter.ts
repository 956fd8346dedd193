import type { Counter } from 'prom-client';

type Labels<Label extends string> = Readonly<Record<Label, string>>;

interface Series<Label extends string> {
  readonly labels: Labels<Label>;
  total: number;
}

/** Shows totals that somebody else counts as a counter. What several of them have in common is one series, which only grows. */
export class TotalCounter<Label extends string> {
  readonly #seen = new Map<string, number>();
  readonly #series = new Map<string, Series<Label>>();

  constructor(private readonly counter: Counter<Label>) {}

  /** @param key what is counted, under whatever labels it is shown. A total that has shrunk was begun anew */
  add(key: string, labels: Labels<Label>, total: number): void {
    const seen = this.#seen.get(key) ?? 0;
    this.#seen.set(key, total);
    const name = JSON.stringify(Object.values(labels)); // callers write the labels of a metric in one order
    const series = this.#series.get(name) ?? { labels, total: 0 };
    series.total += total < seen ? total : total - seen;
    this.#series.set(name, series);
  }

  /** Forgets what is counted no more, and shows no series any more that is not kept. */
  retain(keys: ReadonlySet<string>, isKept: (labels: Labels<Label>) => boolean): void {
    for (const key of this.#seen.keys()) if (!keys.has(key)) this.#seen.delete(key);
    for (const [name, { labels }] of this.#series) if (!isKept(labels)) this.#series.delete(name);
  }

  /** To be called when everything has been added. */
  show(): void {
    this.counter.reset();
    for (const { labels, total } of this.#series.values()) this.counter.inc(labels, total);
  }
}
