import { type Metric, type Metrics } from './metric.js';
import { median } from './statistics.js';

export interface SampleKey {
  readonly phase: string;
  readonly target: string;
  readonly metric: Metric;
}

/** Every figure of a run, by phase, target, metric and round. */
export class Samples {
  private readonly values = new Map<string, { key: SampleKey; byRound: Map<number, number> }>();

  add({ phase, target, round }: { phase: string; target: string; round: number }, metrics: Metrics): void {
    for (const [metric, value] of Object.entries(metrics) as [Metric, number][]) {
      const key = { phase, target, metric };
      const name = nameOf(key);
      const entry = this.values.get(name) ?? { key, byRound: new Map<number, number>() };
      entry.byRound.set(round, value);
      this.values.set(name, entry);
    }
  }

  /** One value per round in which it was measured. */
  rounds(key: SampleKey): ReadonlyMap<number, number> {
    return this.values.get(nameOf(key))?.byRound ?? new Map<number, number>();
  }

  /** The median over the rounds; undefined when it was never measured. */
  median(key: SampleKey): number | undefined {
    const values = [...this.rounds(key).values()];
    return values.length === 0 ? undefined : median(values);
  }

  /** All figures, for the JSON report. */
  list(): (SampleKey & { rounds: number[]; median: number })[] {
    return [...this.values.values()].map(({ key, byRound }) => {
      const rounds = [...byRound.values()];
      return { ...key, rounds, median: median(rounds) };
    });
  }
}

function nameOf({ phase, target, metric }: SampleKey): string {
  return `${phase} ${target} ${metric}`;
}
