import { kiroRsAsYaml, readTextFile } from '@sluice/config';
import { EXIT_CONFIGURATION_ERROR, serve, type ServingGateway } from '@sluice/gateway';
import { banner } from './banner.js';
import { startInBackground } from './daemon/start-in-background.js';
import { tellStarter } from './daemon/tell-starter.js';
import { demoConfiguration, DEMO_FILE } from './demo-configuration.js';
import { ENVIRONMENT_FILE, findEnvironmentStart } from './environment-start.js';
import { startDemoVendor } from './demo-vendor.js';
import { EXIT_FAILURE } from './instance/exit-codes.js';
import { InstanceClaim, InstanceClaimError } from './instance/instance-claim.js';
import { defaultLogFileOf, pidFileOf } from './instance/pid-file-path.js';
import { PublishedState } from './instance/published-state.js';
import { locateConfig } from './locate-config.js';
import { modelToTry } from './model-to-try.js';
import type { RunFlags } from './run-flags.js';

/** The log goes to standard error, so that the banner stays readable and the log can be redirected alone. */
const LOG_DESCRIPTOR = 2;
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** Where a start is told of: the terminal, or the command that started this process in the background. */
interface Audience {
  problem(line: string): void;
  banner(text: string): void;
}

const TERMINAL: Audience = {
  problem: (line) => void process.stderr.write(`${line}\n`),
  banner: (text) => void process.stdout.write(text),
};
const STARTER: Audience = {
  problem: (line) => tellStarter({ type: 'problem', line }),
  banner: (text) => tellStarter({ type: 'listening', banner: text }),
};

/**
 * `sluice run`: the gateway in this process, with the demo account when there is no configuration file; with `--daemon` in one of
 * its own.
 * @returns the exit code
 */
export async function run(flags: RunFlags): Promise<number> {
  if (flags.daemon === true) return startInBackground(flags);
  const audience = flags.background === true ? STARTER : TERMINAL;
  const pidFile = pidFileToKeep(flags);
  let serving: ServingGateway | undefined;
  let claim: InstanceClaim | undefined;
  try {
    if (pidFile !== undefined)
      claim = await InstanceClaim.take({ pidFile, onLost: (error) => tellOfLoss(error, serving) });
    return await runClaimed(flags, audience, {
      claim,
      onServing: (now) => {
        serving = now;
      },
    });
  } catch (error) {
    if (!(error instanceof InstanceClaimError)) throw error;
    audience.problem(error.message);
    return EXIT_FAILURE;
  } finally {
    await claim?.release();
  }
}

/** A process in the background has a pid file; one in a terminal only when it is asked for. */
function pidFileToKeep(flags: RunFlags): string | undefined {
  const isWanted = flags.background === true || flags.pidFile !== undefined || process.env['SLUICE_PID_FILE'];
  return isWanted ? pidFileOf(flags, process.env) : undefined;
}

function tellOfLoss(error: Error, serving: ServingGateway | undefined): void {
  serving?.gateway.logger.error(
    'the lock of the pid file is lost: "stop" and "reload" do not find this process any more',
    {
      error,
    },
  );
}

interface ClaimedRun {
  readonly claim: InstanceClaim | undefined;
  readonly onServing: (serving: ServingGateway) => void;
}

async function runClaimed(flags: RunFlags, audience: Audience, { claim, onServing }: ClaimedRun): Promise<number> {
  const { config, credentials, background: isBackground = false } = flags;
  const file = locateConfig(config, process.env);
  const { yaml, hint } = file === undefined ? await findEnvironmentStart(process.env) : {};
  if (hint !== undefined) audience.problem(hint);
  const isDemo = file === undefined && yaml === undefined;
  const wantedHost = flags.host ?? process.env['SLUICE_HOST'];
  if (isDemo && wantedHost !== undefined && !LOOPBACK.has(wantedHost)) {
    audience.problem(
      '--host: the demo account asks nobody for a key, so it is served on this machine only. Name a configuration with --config.',
    );
    return EXIT_CONFIGURATION_ERROR;
  }
  if (file === undefined && credentials !== undefined) {
    audience.problem(
      '--credentials: it belongs to a config.json of kiro-rs, and there is none here. Name it with --config config.json.',
    );
    return EXIT_CONFIGURATION_ERROR;
  }
  const demo = isDemo ? await startDemoVendor() : undefined;
  const kiroRs = file === undefined ? undefined : await readKiroRs(file, credentials);
  let published: PublishedState | undefined;
  try {
    return await serve({
      load: {
        file: file ?? (isDemo ? DEMO_FILE : ENVIRONMENT_FILE),
        env: process.env,
        flags: settingsOf(flags),
        credentialsFile: credentials,
        ...(demo && { readFile: builtIn(DEMO_FILE, demoConfiguration(demo.url)) }),
        ...(yaml !== undefined && { readFile: builtIn(ENVIRONMENT_FILE, yaml) }),
      },
      log: LOG_DESCRIPTOR,
      defaultLogFile: isBackground ? defaultLogFileOf(flags, process.env) : undefined,
      printProblem: audience.problem,
      onListening: ({ url }, serving) => {
        onServing(serving);
        published = claim && new PublishedState(claim, serving, file);
        const stopWith = isBackground ? 'npx sluice stop' : 'Ctrl-C';
        audience.banner(
          banner({
            url,
            config: file,
            model: modelToTry(serving.configuration.snapshot),
            demoVendorPid: demo?.pid,
            kiroRs,
            environment: yaml,
            stopWith,
            startedInMs: performance.now(),
          }),
        );
      },
      onReloaded: (report) => published?.reloaded(report),
    });
  } finally {
    demo?.stop();
  }
}

/** The settings that flags put in place of the file's. */
function settingsOf({ host, port, data, logLevel, logFile, shutdownTimeout, database }: RunFlags) {
  return { host, port, data, logLevel, logFile, shutdownTimeout, ...(!database && { database: 'none' }) };
}

/** Gives a configuration that is in no file for its own name and real files (`.env`) for theirs. */
function builtIn(name: string, text: string): (file: string) => Promise<string | undefined> {
  return async (file) => (file === name ? text : readTextFile(file));
}

/** What stands in a `config.json` of kiro-rs, as a sluice.yaml. Undefined = it is another file; what is wrong with it is said later. */
async function readKiroRs(file: string, credentials: string | undefined): Promise<string | undefined> {
  const text = await readTextFile(file).catch(() => undefined);
  return text === undefined ? undefined : kiroRsAsYaml(text, credentials);
}
