import { PinoLogger } from '@sluice/telemetry';
import type { ReloadReport } from './reload/reload-report.js';
import { logLastWords } from './service/log-last-words.js';
import { onHangup } from './service/on-hangup.js';
import { SystemdNotifier } from './service/systemd-notifier.js';
import { startServing, type ServingAddress, type ServingGateway, type StartOptions } from './start-serving.js';
import { stopOnSignals } from './stop-on-signals.js';

/** The exit code that says: the configuration is wrong, starting again will not help. */
export const EXIT_CONFIGURATION_ERROR = 2;

export interface ServeOptions extends StartOptions {
  /** Called once, when the first request can come. */
  readonly onListening?: (address: ServingAddress, serving: ServingGateway) => void;
  /** Called after every reload, whether it was refused or not. */
  readonly onReloaded?: (report: ReloadReport) => void;
}

/** A gateway as a service: it listens, and somebody may want to know how it is. */
interface Service {
  readonly serving: ServingGateway;
  readonly systemd: SystemdNotifier;
}

/**
 * Runs a gateway as this process: reads its configuration, listens, reloads on SIGHUP and when its files change, and stops on
 * SIGTERM or SIGINT. The service manager is told, if there is one.
 * @returns the exit code of the process, when it has stopped
 */
export async function serve(options: ServeOptions): Promise<number> {
  const starting = start(options);
  let isStopping = false;
  const stop = async (): Promise<void> => {
    isStopping = true; // also while it starts: whoever stops it then means it
    const service = await starting;
    void service?.systemd.stopping();
    await service?.serving.stop();
  };
  let hangUp = (): void => {};
  const hungUp = new Promise<void>((resolve) => (hangUp = resolve));
  const stopped = Promise.race([stopOnSignals(stop), hungUp.then(stop)]);
  const endHangup = onHangup({
    reload: () => void starting.then((service) => service?.serving.gateway.reloader.reload('signal')),
    stop: hangUp,
  });
  try {
    const service = await starting;
    if (service === undefined) return EXIT_CONFIGURATION_ERROR;
    const endLastWords = logLastWords(service.serving.gateway.app.get(PinoLogger));
    if (!isStopping) announce(service, options);
    await stopped;
    endLastWords();
    return 0;
  } finally {
    endHangup();
  }
}

async function start(options: StartOptions): Promise<Service | undefined> {
  const serving = await startServing(options);
  return serving && { serving, systemd: new SystemdNotifier(process.env, serving.gateway.logger) };
}

/** Tells the service manager and the caller that it listens, and of every reload. */
function announce({ serving, systemd }: Service, { onListening, onReloaded }: ServeOptions): void {
  const { gateway, address } = serving;
  const status = `serves ${address.url}`;
  gateway.reloader.listen({
    starting: () => void systemd.reloading(),
    finished: (report) => {
      void systemd.ready(report.outcome === 'applied' ? status : `${status}; the last configuration was refused`);
      onReloaded?.(report);
    },
  });
  void systemd.ready(status);
  onListening?.(address, serving);
}
