import { Counter, Gauge, type Registry } from 'prom-client';

const MS_PER_SECOND = 1_000;

/** What became of configurations that were read while the gateway runs. */
export class ReloadMetrics {
  readonly #reloads: Counter<'outcome'>;
  readonly #isCurrent: Gauge;
  readonly #appliedAt: Gauge;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#reloads = new Counter({
      name: 'sluice_config_reloads_total',
      help: 'Configurations that were read while the gateway runs, by outcome: applied or refused.',
      labelNames: ['outcome'],
      registers,
    });
    this.#isCurrent = new Gauge({
      name: 'sluice_config_last_reload_successful',
      help: '0 = the last configuration that was read was refused, and an older one is in force.',
      registers,
    });
    this.#appliedAt = new Gauge({
      name: 'sluice_config_last_applied_timestamp_seconds',
      help: 'When the configuration in force was put in force, in seconds since the epoch.',
      registers,
    });
    for (const outcome of ['applied', 'refused']) this.#reloads.inc({ outcome }, 0);
  }

  /** The configuration of the start. */
  started(nowMs: number): void {
    this.#isCurrent.set(1);
    this.#appliedAt.set(nowMs / MS_PER_SECOND);
  }

  applied(nowMs: number): void {
    this.#reloads.inc({ outcome: 'applied' });
    this.started(nowMs);
  }

  refused(): void {
    this.#reloads.inc({ outcome: 'refused' });
    this.#isCurrent.set(0);
  }
}
