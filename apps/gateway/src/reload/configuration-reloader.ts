import { compareConfigurations, formatProblem } from '@sluice/config';
import { GatewayError, type Clock, type Logger } from '@sluice/core';
import type { ReloadMetrics } from '@sluice/telemetry';
import type { InvalidConfiguration, LoadedConfiguration, ValidConfiguration } from '../load-gateway-configuration.js';
import type { ReloadReport, ReloadTrigger } from './reload-report.js';

/** Where configurations come from, and where they go. */
export interface ReloadSource {
  /** The one in force. */
  readonly initial: ValidConfiguration;
  /** Reads the same sources again, with the same flags and environment. */
  readonly load: () => Promise<LoadedConfiguration>;
  /** Puts one in force as a whole. @throws Error when it cannot; nothing has changed then */
  readonly apply: (next: ValidConfiguration) => void;
}

/** Hears of reloads. Must not throw. */
export interface ReloadListener {
  starting?(): void;
  /** @param loaded what was read; undefined = reading it failed in a way that nobody foresaw */
  finished?(report: ReloadReport, loaded: LoadedConfiguration | undefined): void;
}

export interface ConfigurationReloaderDependencies {
  readonly logger: Logger;
  readonly clock: Clock;
  readonly metrics: ReloadMetrics;
}

/**
 * Reads the configuration again while the gateway runs: a valid one is put in force as a whole, of an invalid one every mistake is
 * logged and nothing changes. One reload at a time; one that is asked for while another runs comes after it.
 */
export class ConfigurationReloader {
  #source: ReloadSource | undefined;
  #current: ValidConfiguration | undefined;
  #lastReport: ReloadReport | undefined;
  #running: Promise<unknown> = Promise.resolve();
  readonly #listeners = new Set<ReloadListener>();

  constructor(private readonly dependencies: ConfigurationReloaderDependencies) {}

  /** The last reload; undefined = the configuration is the one of the start. */
  get lastReport(): ReloadReport | undefined {
    return this.#lastReport;
  }

  /** The configuration in force. @throws GatewayError when the host gives the snapshots itself */
  get current(): ValidConfiguration {
    if (this.#current === undefined) throw nothingToReload();
    return this.#current;
  }

  /** From now on `reload` works. To be called once, when the first configuration is in force. */
  begin(source: ReloadSource): void {
    this.#source = source;
    this.#current = source.initial;
    this.dependencies.metrics.started(this.dependencies.clock.now());
    warnOfOpenGate(undefined, source.initial, this.dependencies.logger);
  }

  /** The returned function ends it. */
  listen(listener: ReloadListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Reads the configuration and puts it in force if it is valid, whether it has changed or not.
   * @throws GatewayError when the host gives the snapshots itself
   */
  reload(trigger: ReloadTrigger): Promise<ReloadReport> {
    const reloading = this.#running.then(() => this.#reload(trigger));
    this.#running = reloading.catch(() => {}); // whoever asked for it is told
    return reloading;
  }

  async #reload(trigger: ReloadTrigger): Promise<ReloadReport> {
    const source = this.#source;
    if (source === undefined) throw nothingToReload();
    for (const listener of this.#listeners) listener.starting?.();
    let loaded: LoadedConfiguration | undefined;
    let report: ReloadReport;
    try {
      loaded = await source.load();
      report = loaded.ok ? this.#apply(source, loaded, trigger) : this.#refuse(linesOf(loaded), trigger);
    } catch (error) {
      this.dependencies.logger.error('the configuration could not be reloaded', { error });
      report = this.#refuse(['It could not be put in force; the log says why.'], trigger);
    }
    this.#lastReport = report;
    for (const listener of this.#listeners) listener.finished?.(report, loaded);
    return report;
  }

  #apply(source: ReloadSource, next: ValidConfiguration, trigger: ReloadTrigger): ReloadReport {
    const { logger, clock, metrics } = this.dependencies;
    const before = this.current;
    const compared = compareConfigurations(before.configuration, next.configuration);
    const hasNewCertificate = before.certificate !== undefined && before.certificate.cert !== next.certificate?.cert;
    const changes = {
      ...compared,
      settings: [...compared.settings, ...(hasNewCertificate ? ['server.tls (the certificate)'] : [])],
    };
    const waitingForRestart = compareConfigurations(source.initial.configuration, next.configuration).restart;

    source.apply(next);

    this.#current = next;
    metrics.applied(clock.now());
    logger.info('configuration reloaded', { trigger, ...changes });
    if (changes.restart.length > 0) logger.warn('settings that wait for a restart', { settings: waitingForRestart });
    const warnings = next.warnings.map(formatProblem);
    for (const warning of warnings) logger.warn(warning);
    warnOfOpenGate(before, next, logger);
    return { atMs: clock.now(), trigger, outcome: 'applied', changes, waitingForRestart, problems: [], warnings };
  }

  #refuse(problems: readonly string[], trigger: ReloadTrigger): ReloadReport {
    const { logger, clock, metrics } = this.dependencies;
    metrics.refused();
    logger.error('the new configuration is refused; the one before it stays in force', { trigger, problems });
    return {
      atMs: clock.now(),
      trigger,
      outcome: 'refused',
      changes: undefined,
      waitingForRestart: this.#lastReport?.waitingForRestart ?? [],
      problems,
      warnings: [],
    };
  }
}

function linesOf({ problems }: InvalidConfiguration): readonly string[] {
  return problems.map(formatProblem);
}

/** Said once, when it comes into force: a file without keys cannot do it, but somebody may have meant another file. */
function warnOfOpenGate(before: ValidConfiguration | undefined, next: ValidConfiguration, logger: Logger): void {
  const wasOpen = before?.snapshot.settings.allowUnauthenticated === true;
  if (wasOpen || !next.snapshot.settings.allowUnauthenticated) return;
  logger.warn('authentication is off: server.allowUnauthenticated is true, and nobody is asked for a key');
}

function nothingToReload(): GatewayError {
  return new GatewayError({
    kind: 'invalid_request',
    message: 'This gateway gets its snapshots from its host: there is no configuration to read again.',
  });
}
