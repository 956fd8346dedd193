import { CredentialStoreError } from '@sluice/accounts';
import { formatProblem, type LoadOptions } from '@sluice/config';
import { createGateway, type Gateway } from './create-gateway.js';
import { loadGatewayConfiguration } from './load-gateway-configuration.js';
import { stopOnSignals } from './stop-on-signals.js';

/** The exit code that says: the configuration is wrong, starting again will not help. */
export const EXIT_CONFIGURATION_ERROR = 2;

export interface ServeOptions {
  readonly load: Omit<LoadOptions, 'providers'>;
  /** File descriptor of the log; default 1, standard output. */
  readonly logDescriptor?: number;
  /** Called once, when the first request can come. */
  readonly onListening?: (address: { host: string; port: number }, gateway: Gateway) => void;
  readonly printProblem: (line: string) => void;
}

/**
 * Builds the gateway, reads its configuration, listens, and stops it on SIGTERM or SIGINT.
 * @returns the exit code of the process, when it has stopped
 */
export async function serve({ load, logDescriptor = 1, onListening, printProblem }: ServeOptions): Promise<number> {
  const gateway = await createGateway({ telemetry: { level: 'info', destination: logDescriptor } });
  const loaded = await loadGatewayConfiguration({ ...load, providers: gateway.descriptors });
  if (!loaded.ok) {
    for (const problem of loaded.problems) printProblem(formatProblem(problem));
    await gateway.stop(0);
    return EXIT_CONFIGURATION_ERROR;
  }
  const { boot, snapshot, warnings } = loaded;
  gateway.setLogLevel(boot.logLevel);
  for (const warning of warnings) gateway.logger.warn(formatProblem(warning));
  try {
    await gateway.keepLogins({ directory: boot.dataDirectory, key: boot.encryptionKey });
  } catch (error) {
    if (!(error instanceof CredentialStoreError)) throw error;
    printProblem(`dataDirectory: ${error.message}`);
    await gateway.stop(0);
    return EXIT_CONFIGURATION_ERROR;
  }
  gateway.apply(snapshot);
  let address: { host: string; port: number };
  try {
    address = await gateway.listen({ host: boot.host, port: boot.port, keepAliveTimeoutMs: boot.keepAliveTimeoutMs });
  } catch (error) {
    printProblem(`server.port: ${explainListenError(error, boot.host, boot.port)}`);
    await gateway.stop(0);
    return EXIT_CONFIGURATION_ERROR;
  }
  gateway.logger.info('listening', address);
  onListening?.(address, gateway);
  await stopOnSignals(() => gateway.stop(boot.drainTimeoutMs));
  return 0;
}

function explainListenError(error: unknown, host: string, port: number): string {
  const code = (error as NodeJS.ErrnoException).code; // node's listen errors carry one
  if (code === 'EADDRINUSE')
    return `${host}:${port} is in use. Stop the other process, or choose another port with --port.`;
  if (code === 'EACCES') return `${host}:${port} may not be used by this user. Choose a port above 1023 with --port.`;
  if (code === 'EADDRNOTAVAIL') return `${host} is no address of this machine. Choose another with --host.`;
  return `cannot listen on ${host}:${port} (${code ?? String(error)}).`;
}
