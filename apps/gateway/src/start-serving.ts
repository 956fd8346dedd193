import { CredentialStoreError } from '@sluice/accounts';
import { formatProblem, readSettledFile, readTextFile, type LoadOptions } from '@sluice/config';
import { openLogFile, type LogTarget } from '@sluice/telemetry';
import { createGateway, type Gateway, type GatewayOptions } from './create-gateway.js';
import { explainListenError } from './explain-listen-error.js';
import {
  loadGatewayConfiguration,
  type LoadedConfiguration,
  type ValidConfiguration,
} from './load-gateway-configuration.js';
import { readDescriptors } from './read-descriptors.js';
import { followSources } from './reload/follow-sources.js';

export interface StartOptions {
  readonly load: Omit<LoadOptions, 'providers'>;
  /** Modules that bring providers and formats; default: what we ship. */
  readonly plugins?: GatewayOptions['plugins'];
  /** Where the log goes when the configuration names no file; default: standard output. */
  readonly log?: LogTarget;
  /** The log file where neither a flag nor the configuration names one; default: there is none. */
  readonly defaultLogFile?: string | undefined;
  readonly printProblem: (line: string) => void;
}

/** Where a gateway is reached. */
export interface ServingAddress {
  readonly host: string;
  readonly port: number;
  /** Begins with `https` where the listener has a certificate. */
  readonly url: string;
}

/** A gateway that listens and follows its configuration. */
export interface ServingGateway {
  readonly gateway: Gateway;
  readonly address: ServingAddress;
  /** As it was started. */
  readonly configuration: ValidConfiguration;
  /** Undefined = the log goes elsewhere. */
  readonly logFile: string | undefined;
  /** Drains for as long as the configuration in force says, and closes. Idempotent. */
  stop(): Promise<void>;
}

const STANDARD_OUTPUT = 1;

/**
 * Reads the configuration, builds the gateway and listens; from then on changes of the configuration's files are taken over.
 * @returns undefined = something is wrong with the configuration, and it has been told
 */
export async function startServing(options: StartOptions): Promise<ServingGateway | undefined> {
  const { printProblem, defaultLogFile, plugins, log = STANDARD_OUTPUT } = options;
  const load = await loaderOf(options);
  const loaded = await load.first();
  if (!loaded.ok) {
    for (const problem of loaded.problems) printProblem(formatProblem(problem));
    return undefined;
  }
  const { boot, snapshot, certificate, warnings } = loaded;
  const logFile = boot.logFile ?? defaultLogFile;
  const destination = await openLog(logFile, log, loaded).catch((error: unknown) => {
    printProblem(`logging.file: ${logFile} cannot be written (${codeOf(error)}).`);
    return undefined;
  });
  if (destination === undefined) return undefined;

  const telemetry = { level: boot.logLevel, destination };
  const gateway = await createGateway({ ...(plugins && { plugins }), telemetry, certificate });
  const refuse = async (problem: string): Promise<undefined> => {
    await gateway.stop(0);
    printProblem(problem); // last, so that no line of the log stands below it
    return undefined;
  };
  for (const warning of warnings) gateway.logger.warn(formatProblem(warning));
  try {
    await gateway.keepLogins({ directory: boot.dataDirectory, key: boot.encryptionKey });
  } catch (error) {
    if (!(error instanceof CredentialStoreError)) throw error;
    return refuse(`dataDirectory: ${error.message}`);
  }
  gateway.apply(snapshot);
  let address: { host: string; port: number };
  try {
    address = await gateway.listen({ host: boot.host, port: boot.port, keepAliveTimeoutMs: boot.keepAliveTimeoutMs });
  } catch (error) {
    return refuse(`server.port: ${explainListenError(error, boot.host, boot.port)}`);
  }
  const url = urlOf(address, certificate !== undefined);
  gateway.logger.info('listening', { ...address, url });

  const { reloader, logger } = gateway;
  reloader.begin({ initial: loaded, load: load.again, apply: (next) => putInForce(gateway, next) });
  const stopFollowing = await followSources({ reloader, readFile: load.readFile, logger });
  return {
    gateway,
    address: { ...address, url },
    configuration: loaded,
    logFile,
    stop: () => {
      stopFollowing();
      return gateway.stop(reloader.current.boot.drainTimeoutMs);
    },
  };
}

/** The same sources with the same flags and environment, every time. */
async function loaderOf({ load, plugins }: StartOptions) {
  const providers = await readDescriptors(plugins);
  const file = load.file ?? (load.env['SLUICE_CONFIG'] || undefined);
  const plain = load.readFile ?? readTextFile;
  const readFile = file === undefined ? plain : readSettledFile(file, plain);
  return {
    readFile,
    first: (): Promise<LoadedConfiguration> => loadGatewayConfiguration({ ...load, providers }),
    again: (): Promise<LoadedConfiguration> => loadGatewayConfiguration({ ...load, providers, readFile }),
  };
}

/** The certificate first: it is the only part that could still fail. Then everything else, and the snapshot as a whole. */
function putInForce(gateway: Gateway, { boot, snapshot, certificate }: ValidConfiguration): void {
  if (certificate !== undefined) gateway.setCertificate(certificate);
  gateway.setLogLevel(boot.logLevel);
  gateway.setKeepAliveTimeout(boot.keepAliveTimeoutMs);
  gateway.apply(snapshot);
}

async function openLog(
  file: string | undefined,
  otherwise: LogTarget,
  { boot }: ValidConfiguration,
): Promise<LogTarget> {
  if (file === undefined) return otherwise;
  return openLogFile({ file, maxFileBytes: boot.maxLogFileBytes, maxFiles: boot.maxLogFiles });
}

function urlOf({ host, port }: { host: string; port: number }, isSecure: boolean): string {
  return `${isSecure ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error); // the system's errors carry one
}
