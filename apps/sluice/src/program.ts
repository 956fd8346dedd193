import { Command, InvalidArgumentError, Option } from 'commander';
import { EXIT_REFUSED } from './instance/exit-codes.js';
import type { InstanceEnvironment } from './instance/instance-environment.js';
import type { WorkplaceFlags } from './logins/open-workplace.js';
import type { Workplace } from './logins/workplace.js';
import type { AskEnvironment } from './running/ask-environment.js';
import type { RunFlags } from './run-flags.js';
import type { AskFlags } from './running/ask-gateway.js';
import type { Terminal } from './terminal.js';
import { readVersion } from './version.js';

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'];
const DEFAULT_KEY = '(default: $SLUICE_KEY, else the first key of the configuration that has it)';
const MAX_PORT = 65_535;
const MAX_SECONDS = 3_600;
/** Longer than the 25 s that open answers have by default. */
const DEFAULT_TIMEOUT_MS = 30_000;

/** The commands of `sluice`. Each command's work is loaded when it is called, so that `--help` is instant. */
export function buildProgram(): Command {
  const program = new Command('sluice')
    .description('Sluice, an LLM gateway: any client format, any model vendor, one gate.')
    .version(readVersion(), '-v, --version')
    .showHelpAfterError('(run with --help to see what is possible)');

  program
    .command('run', { isDefault: true })
    .description('start the gateway; without a configuration file it serves the built-in demo account')
    .allowExcessArguments() // every word that is no command ends up here
    .addOption(configOption())
    .addOption(credentialsOption())
    .option('--host <address>', 'address to listen on (default: the file, else 127.0.0.1)')
    .option('-p, --port <number>', 'port to listen on (default: the file, else 8000)', parsePort)
    .option('--data <directory>', 'where Sluice keeps what it must remember (default: ./.sluice)')
    .option('--no-database', 'serve what the file declares, without a database')
    .option('--no-admin', 'do not serve the admin interface (this version has none yet)')
    .option('--admin-port <number>', 'port of the admin interface (this version has none yet)', parsePort)
    .addOption(new Option('--log-level <level>', 'what to log').choices(LOG_LEVELS))
    .option('--log-file <file>', 'where to log; a new file every day, and when one is full')
    .option(
      '--shutdown-timeout <seconds>',
      'how long open answers may take to finish after a stop (default: the file, else 25)',
      parseSeconds,
    )
    .option('--daemon', 'start it in the background, and come back when it listens')
    .addOption(new Option('--background', 'this is the process in the background').hideHelp())
    .addOption(pidFileOption('keep a pid file, which "stop", "status" and "reload" look for; --daemon always does'))
    .action(async (flags: RunFlags, command: Command) => {
      refuseWords(command);
      const { run } = await import('./run.js');
      process.exitCode = await run(flags);
    });

  program
    .command('stop')
    .description('stop a running gateway in order: open answers finish, up to a time')
    .addHelpText('after', '\nExit codes: 0 = it does not run any more, 1 = it cannot be stopped.')
    .addOption(pidFileOption('the pid file of the process'))
    .addOption(dataOption('where the process keeps its pid file (default: ./.sluice)'))
    .option('--timeout <seconds>', 'after so long it is killed (default: 30)', parseSeconds)
    .action(async (flags: ProcessFlags) => {
      const { stopInstance } = await import('./instance/stop-instance.js');
      process.exitCode = await withInstance(flags, stopInstance);
    });

  program
    .command('status')
    .description('say whether a gateway runs, where, and what became of its configuration')
    .addHelpText('after', '\nExit codes: 0 = it runs, 1 = it is gone and left its pid file, 3 = it does not run.')
    .addOption(pidFileOption('the pid file of the process'))
    .addOption(dataOption('where the process keeps its pid file (default: ./.sluice)'))
    .action(async (flags: Omit<ProcessFlags, 'timeout'>) => {
      const { showStatus } = await import('./instance/show-status.js');
      process.exitCode = await withInstance(flags, ({ pidFile }, environment) => showStatus(pidFile, environment));
    });

  program
    .command('reload')
    .description('make a running gateway read its configuration, and say what became of it')
    .addHelpText(
      'after',
      '\nExit codes: 0 = it is in force, 2 = it is refused and the one before it stays, 1 = no answer, 3 = none runs.',
    )
    .addOption(pidFileOption('the pid file of the process'))
    .addOption(dataOption('where the process keeps its pid file (default: ./.sluice)'))
    .option('--timeout <seconds>', 'how long to wait for the answer (default: 30)', parseSeconds)
    .action(async (flags: ProcessFlags) => {
      const { reloadInstance } = await import('./instance/reload-instance.js');
      process.exitCode = await withInstance(flags, reloadInstance);
    });

  program
    .command('check-config')
    .description('read a configuration and say what is wrong with it; exit code 2 when something is')
    .argument('[file]', 'the file to check (default: like run)')
    .addOption(configOption())
    .addOption(credentialsOption())
    .action(async (file: string | undefined, flags: { config?: string; credentials?: string }) => {
      const { checkConfig } = await import('./check-config.js');
      process.exitCode = await checkConfig(file ?? flags.config, flags.credentials);
    });

  program
    .command('login')
    .description('log in to a vendor; the login is stored encrypted, for the first account that has none')
    .argument('<provider>', 'where: kiro, anthropic, codex or copilot')
    .option('--method <name>', 'of Kiro: builder-id, idc, google or github (default: builder-id; idc with --start-url)')
    .option(
      '--flow <name>',
      'device = a code for any browser, code = a browser on this machine (default: as the vendor allows)',
    )
    .option(
      '--start-url <url>',
      "the organisation's portal, as in https://acme.awsapps.com/start (for idc) or https://acme.ghe.com (for copilot)",
    )
    .option('--region <region>', 'of single sign-on (default: us-east-1)')
    .option('--account <id>', 'the account that gets the login, whatever it had')
    .option('--output <file>', "write the login to a credentials.json in kiro-rs's format instead")
    .option('--no-browser', 'only show the address, do not open it')
    .addOption(configOption())
    .addOption(dataOption())
    .action(async (provider: string, flags: WorkplaceFlags & LoginFlags) => {
      const [{ logIn }, { openBrowser }, { askPerson }] = await Promise.all([
        import('./log-in.js'),
        import('./open-browser.js'),
        import('./ask-person.js'),
      ]);
      const { browser, method, flow, startUrl, region, account, output } = flags;
      process.exitCode = await inWorkplace(flags, (place, terminal) =>
        untilInterrupted((signal) =>
          logIn({ provider, method, flow, startUrl, region, account, output }, place, {
            terminal,
            openBrowser: browser ? openBrowser : undefined,
            ask: process.stdin.isTTY ? askPerson : undefined,
            signal,
          }),
        ),
      );
    });

  program
    .command('import')
    .description('take over logins that another program keeps; they are stored encrypted, its file stays as it is')
    .argument('<provider>', 'whose logins they are: kiro or codex')
    .argument(
      '<path>',
      "kiro-rs's credentials.json, kiro-cli's data.sqlite3, the editor's kiro-auth-token.json, codex's auth.json, or the folder of one of them",
    )
    .option('--account <id>', 'the account that gets the login (default: the first one that has none)')
    .option('--dry-run', 'say what would be done, and do nothing')
    .addOption(configOption())
    .addOption(dataOption())
    .action(async (provider: string, path: string, flags: WorkplaceFlags & { account?: string; dryRun?: boolean }) => {
      const { importLogins } = await import('./import-logins.js');
      const { account, dryRun } = flags;
      process.exitCode = await inWorkplace(flags, (place, terminal) =>
        importLogins({ provider, path, account, dryRun }, place, terminal),
      );
    });

  program
    .command('accounts')
    .description('list the accounts: as the gateway that runs sees them, else as they are declared; secrets are masked')
    .option('--limits', 'ask the vendors what is left of each allowance, by the logins that are found here')
    .option('--json', 'for programs: everything, with times in ISO 8601')
    .option('--offline', 'do not ask the gateway that runs, only read the configuration')
    .addOption(urlOption())
    .option('--key <key>', `a client key with the scope diagnostics, or its name ${DEFAULT_KEY}`)
    .addOption(pidFileOption('the pid file of the gateway that is asked'))
    .addOption(configOption())
    .addOption(dataOption())
    .action(async (flags: WorkplaceFlags & AskFlags & { limits?: boolean; json?: boolean }) => {
      const [{ listAccounts }, { showLiveAccounts }] = await Promise.all([
        import('./list-accounts.js'),
        import('./running/show-live-accounts.js'),
      ]);
      const { limits, json } = flags;
      process.exitCode = await fromGatewayOr(
        (environment, terminal) =>
          showLiveAccounts({ ...flags, offline: flags.offline === true || limits === true }, environment, terminal),
        () => inWorkplace(flags, (place, terminal) => listAccounts({ limits, json }, place, terminal)),
      );
    });

  program
    .command('explain')
    .description('say which accounts a model name leads to, in order, and why the others are left out')
    .requiredOption('--model <name>', 'the name as clients send it')
    .option(
      '--key <key>',
      `the client key that asks, or its name; a gateway that runs tells only keys with the scope diagnostics ${DEFAULT_KEY}. Without such a gateway: the name of a key (default: one that may use everything)`,
    )
    .option('--offline', 'ask neither the gateway that runs nor the vendors which models they have')
    .addOption(urlOption())
    .addOption(pidFileOption('the pid file of the gateway that is asked'))
    .addOption(configOption())
    .addOption(dataOption())
    .action(async (flags: WorkplaceFlags & AskFlags & { model: string }) => {
      const [{ explainModel }, { explainLive }] = await Promise.all([
        import('./explain-model.js'),
        import('./running/explain-live.js'),
      ]);
      const { model, key, offline: isOffline = false } = flags;
      process.exitCode = await fromGatewayOr(
        (environment, terminal) => explainLive(flags, environment, terminal),
        () => inWorkplace(flags, (place, terminal) => explainModel({ model, key, isOffline }, place, terminal)),
      );
    });

  return program;
}

/** "sluice statsu" must not start a gateway, and is told what there is. @throws CommanderError, or ends the process */
function refuseWords({ args: [word], parent }: Command): void {
  if (word === undefined || parent === null) return;
  const names = parent.commands.map((command) => command.name()).join(', ');
  parent.error(`error: there is no command '${word}'. Commands: ${names}.`);
}

interface LoginFlags {
  readonly method?: string;
  readonly flow?: string;
  readonly startUrl?: string;
  readonly region?: string;
  readonly account?: string;
  readonly output?: string;
  /** False = `--no-browser`. */
  readonly browser: boolean;
}

/** Opens what a command about accounts works with, and closes it. @returns the exit code */
async function inWorkplace(
  flags: WorkplaceFlags,
  work: (place: Workplace, terminal: Terminal) => Promise<number>,
): Promise<number> {
  const [{ openWorkplace }, { PROCESS_TERMINAL }] = await Promise.all([
    import('./logins/open-workplace.js'),
    import('./terminal.js'),
  ]);
  const place = await openWorkplace(flags, PROCESS_TERMINAL);
  if (place === undefined) return EXIT_REFUSED;
  try {
    return await work(place, PROCESS_TERMINAL);
  } finally {
    await place.close();
  }
}

/** Lets the gateway that runs answer, and only where there is none the configuration. @returns the exit code */
async function fromGatewayOr(
  ask: (environment: AskEnvironment, terminal: Terminal) => Promise<number | undefined>,
  otherwise: () => Promise<number>,
): Promise<number> {
  const [{ SYSTEM }, { PROCESS_TERMINAL }] = await Promise.all([
    import('./running/ask-environment.js'),
    import('./terminal.js'),
  ]);
  return (await ask(SYSTEM, PROCESS_TERMINAL)) ?? (await otherwise());
}

/** Ctrl-C ends the work in order; a second one ends the process. */
async function untilInterrupted(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const giveUp = new AbortController();
  const interrupt = (): void => giveUp.abort();
  process.once('SIGINT', interrupt);
  try {
    return await work(giveUp.signal);
  } finally {
    process.removeListener('SIGINT', interrupt);
  }
}

interface ProcessFlags {
  readonly pidFile?: string;
  readonly data?: string;
  /** In milliseconds. */
  readonly timeout?: number;
}

/** What a command about a running process works with. @returns its exit code */
async function withInstance(
  flags: ProcessFlags,
  work: (
    options: { readonly pidFile: string; readonly timeoutMs: number },
    environment: InstanceEnvironment,
  ) => Promise<number>,
): Promise<number> {
  const [{ systemEnvironment }, { pidFileOf }, { PROCESS_TERMINAL }] = await Promise.all([
    import('./instance/instance-environment.js'),
    import('./instance/pid-file-path.js'),
    import('./terminal.js'),
  ]);
  const options = { pidFile: pidFileOf(flags, process.env), timeoutMs: flags.timeout ?? DEFAULT_TIMEOUT_MS };
  return work(options, systemEnvironment(PROCESS_TERMINAL));
}

function pidFileOption(what: string): Option {
  return new Option('--pid-file <file>', `${what} (default: $SLUICE_PID_FILE, else sluice.pid in the data directory)`);
}

function urlOption(): Option {
  return new Option('--url <address>', 'where the gateway listens that is asked (default: what its pid file tells)');
}

function dataOption(what = 'where the logins are kept (default: dataDirectory of the file, else ./.sluice)'): Option {
  return new Option('--data <directory>', what);
}

function configOption(): Option {
  return new Option(
    '-c, --config <file>',
    'configuration file, YAML or JSON or a config.json of kiro-rs (default: $SLUICE_CONFIG, else ./sluice.yaml or such a ./config.json if it exists)',
  );
}

function credentialsOption(): Option {
  return new Option('--credentials <file>', 'logins of a config.json of kiro-rs (default: ./credentials.json)');
}

/** @returns milliseconds */
function parseSeconds(value: string): number {
  const seconds = Number(value);
  if (Number.isFinite(seconds) && seconds >= 0 && seconds <= MAX_SECONDS) return Math.round(seconds * 1_000);
  throw new InvalidArgumentError(`A time is a number of seconds from 0 to ${MAX_SECONDS}.`);
}

function parsePort(value: string): number {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= MAX_PORT) return port;
  throw new InvalidArgumentError('A port is a number from 0 (any free port) to 65535.');
}
