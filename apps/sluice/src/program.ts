import { Command, InvalidArgumentError, Option } from 'commander';
import { EXIT_CONFIGURATION_ERROR, VERSION } from '@sluice/gateway';
import type { WorkplaceFlags } from './logins/open-workplace.js';
import type { Workplace } from './logins/workplace.js';
import type { Terminal } from './terminal.js';

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'];
const MAX_PORT = 65_535;

/** The commands of `sluice`. Each command's work is loaded when it is called, so that `--help` is instant. */
export function buildProgram(): Command {
  const program = new Command('sluice')
    .description('Sluice, an LLM gateway: any client format, any model vendor, one gate.')
    .version(VERSION, '-v, --version')
    .showHelpAfterError('(run with --help to see what is possible)');

  program
    .command('run', { isDefault: true })
    .description('start the gateway; without a configuration file it serves the built-in demo account')
    .addOption(configOption())
    .addOption(credentialsOption())
    .option('--host <address>', 'address to listen on (default: the file, else 127.0.0.1)')
    .option('-p, --port <number>', 'port to listen on (default: the file, else 8000)', parsePort)
    .option('--data <directory>', 'where Sluice keeps what it must remember (default: ./.sluice)')
    .option('--no-database', 'serve what the file declares, without a database')
    .option('--no-admin', 'do not serve the admin interface (this version has none yet)')
    .option('--admin-port <number>', 'port of the admin interface (this version has none yet)', parsePort)
    .addOption(new Option('--log-level <level>', 'what to log').choices(LOG_LEVELS))
    .action(async (flags) => {
      const { run } = await import('./run.js');
      process.exitCode = await run(flags);
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
    .argument('<provider>', 'where: kiro')
    .option('--method <name>', 'builder-id, idc, google or github (default: builder-id; idc with --start-url)')
    .option('--flow <name>', 'device = a code for any browser, code = a browser on this machine (default: device)')
    .option('--start-url <url>', "the organisation's portal, as in https://acme.awsapps.com/start (for idc)")
    .option('--region <region>', 'of single sign-on (default: us-east-1)')
    .option('--account <id>', 'the account that gets the login, whatever it had')
    .option('--output <file>', "write the login to a credentials.json in kiro-rs's format instead")
    .option('--no-browser', 'only show the address, do not open it')
    .addOption(configOption())
    .addOption(dataOption())
    .action(async (provider: string, flags: WorkplaceFlags & LoginFlags) => {
      const [{ logIn }, { openBrowser }] = await Promise.all([import('./log-in.js'), import('./open-browser.js')]);
      const { browser, method, flow, startUrl, region, account, output } = flags;
      process.exitCode = await inWorkplace(flags, (place, terminal) =>
        untilInterrupted((signal) =>
          logIn({ provider, method, flow, startUrl, region, account, output }, place, {
            terminal,
            openBrowser: browser ? openBrowser : undefined,
            signal,
          }),
        ),
      );
    });

  program
    .command('import')
    .description('take over logins that another program keeps; they are stored encrypted, its file stays as it is')
    .argument('<provider>', 'whose logins they are: kiro')
    .argument(
      '<path>',
      "kiro-rs's credentials.json, kiro-cli's data.sqlite3, the editor's kiro-auth-token.json, or the folder of one of them",
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
    .description('list the accounts with their state and what they log in with; secrets are masked')
    .option('--limits', 'ask the vendors what is left of each allowance')
    .addOption(configOption())
    .addOption(dataOption())
    .action(async (flags: WorkplaceFlags & { limits?: boolean }) => {
      const { listAccounts } = await import('./list-accounts.js');
      process.exitCode = await inWorkplace(flags, (place, terminal) =>
        listAccounts({ limits: flags.limits }, place, terminal),
      );
    });

  program
    .command('explain')
    .description('say which accounts a model name leads to, in order, and why the others are left out')
    .requiredOption('--model <name>', 'the name as clients send it')
    .option('--key <name>', 'the name of the client key that asks (default: one that may use everything)')
    .option('--offline', 'do not ask the vendors which models they have')
    .addOption(configOption())
    .addOption(dataOption())
    .action(async (flags: WorkplaceFlags & { model: string; key?: string; offline?: boolean }) => {
      const { explainModel } = await import('./explain-model.js');
      const { model, key, offline: isOffline = false } = flags;
      process.exitCode = await inWorkplace(flags, (place, terminal) =>
        explainModel({ model, key, isOffline }, place, terminal),
      );
    });

  return program;
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
  if (place === undefined) return EXIT_CONFIGURATION_ERROR;
  try {
    return await work(place, PROCESS_TERMINAL);
  } finally {
    await place.close();
  }
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

function dataOption(): Option {
  return new Option(
    '--data <directory>',
    'where the logins are kept (default: dataDirectory of the file, else ./.sluice)',
  );
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

function parsePort(value: string): number {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= MAX_PORT) return port;
  throw new InvalidArgumentError('A port is a number from 0 (any free port) to 65535.');
}
