import { describeReport, VERSION, type ReloadReport, type ServingGateway } from '@sluice/gateway';
import type { InstanceClaim } from './instance-claim.js';
import type { InstanceState } from './instance-state.js';

/** Keeps what the commands are told about this process up to date. A disk that is full must not end it: that is logged. */
export class PublishedState {
  #state: InstanceState;

  /** @param file the configuration; undefined = the demo account */
  constructor(
    private readonly claim: InstanceClaim,
    private readonly serving: ServingGateway,
    file: string | undefined,
  ) {
    this.#state = {
      pid: process.pid,
      version: VERSION,
      startedAt: new Date().toISOString(),
      url: serving.address.url,
      configuration: file,
      logFile: serving.logFile,
      reloads: 0,
    };
    this.#publish();
  }

  reloaded(report: ReloadReport): void {
    const at = new Date(report.atMs).toISOString();
    const lastReload = { at, isApplied: report.outcome === 'applied', lines: describeReport(report) };
    this.#state = { ...this.#state, reloads: this.#state.reloads + 1, lastReload };
    this.#publish();
  }

  #publish(): void {
    try {
      this.claim.publish(this.#state);
    } catch (error) {
      this.serving.gateway.logger.warn('the state for "sluice status" could not be written', { error });
    }
  }
}
