import { kiroRsAsYaml, readTextFile } from '@sluice/config';
import { EXIT_CONFIGURATION_ERROR, serve } from '@sluice/gateway';
import { banner } from './banner.js';
import { demoConfiguration, DEMO_FILE } from './demo-configuration.js';
import { startDemoVendor, type DemoVendor } from './demo-vendor.js';
import { locateConfig } from './locate-config.js';

/** The log goes to standard error, so that the banner stays readable and the log can be redirected alone. */
const LOG_DESCRIPTOR = 2;
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

export interface RunFlags {
  readonly config?: string;
  /** The logins of a `config.json` of kiro-rs. */
  readonly credentials?: string;
  readonly host?: string;
  readonly port?: number;
  readonly data?: string;
  readonly logLevel?: string;
  /** False = `--no-database`. */
  readonly database: boolean;
}

/** `sluice run`: the gateway in this process, with the demo account when there is no configuration file. @returns the exit code */
export async function run({ config, credentials, host, port, data, logLevel, database }: RunFlags): Promise<number> {
  const flags = { host, port, data, logLevel, ...(!database && { database: 'none' }) };
  const file = locateConfig(config, process.env);
  const printProblem = (line: string): void => void process.stderr.write(`${line}\n`);
  const wantedHost = host ?? process.env['SLUICE_HOST'];
  if (file === undefined && wantedHost !== undefined && !LOOPBACK.has(wantedHost)) {
    printProblem(
      '--host: the demo account asks nobody for a key, so it is served on this machine only. Name a configuration with --config.',
    );
    return EXIT_CONFIGURATION_ERROR;
  }
  if (file === undefined && credentials !== undefined) {
    printProblem(
      '--credentials: it belongs to a config.json of kiro-rs, and there is none here. Name it with --config config.json.',
    );
    return EXIT_CONFIGURATION_ERROR;
  }
  const demo = file === undefined ? await startDemoVendor() : undefined;
  const kiroRs = file === undefined ? undefined : await readKiroRs(file, credentials);
  try {
    return await serve({
      load: {
        file: file ?? DEMO_FILE,
        env: process.env,
        flags,
        credentialsFile: credentials,
        ...(demo && { readFile: demoReader(demo) }),
      },
      logDescriptor: LOG_DESCRIPTOR,
      printProblem,
      onListening: (address) => {
        const url = `http://${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`;
        process.stdout.write(
          banner({ url, config: file, demoVendorPid: demo?.pid, kiroRs, startedInMs: performance.now() }),
        );
      },
    });
  } finally {
    demo?.stop();
  }
}

/** Gives the built-in configuration for its own name and real files (`.env`) for theirs. */
function demoReader(demo: DemoVendor): (file: string) => Promise<string | undefined> {
  return async (file) => (file === DEMO_FILE ? demoConfiguration(demo.url) : readTextFile(file));
}

/** What stands in a `config.json` of kiro-rs, as a sluice.yaml. Undefined = it is another file; what is wrong with it is said later. */
async function readKiroRs(file: string, credentials: string | undefined): Promise<string | undefined> {
  const text = await readTextFile(file).catch(() => undefined);
  return text === undefined ? undefined : kiroRsAsYaml(text, credentials);
}
