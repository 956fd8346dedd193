import { Command, InvalidArgumentError, Option } from 'commander';
import { VERSION } from '@sluice/gateway';

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
    .action(async (file: string | undefined, flags: { config?: string }) => {
      const { checkConfig } = await import('./check-config.js');
      process.exitCode = await checkConfig(file ?? flags.config);
    });

  return program;
}

function configOption(): Option {
  return new Option(
    '-c, --config <file>',
    'configuration file, YAML or JSON (default: $SLUICE_CONFIG, else ./sluice.yaml if it exists)',
  );
}

function parsePort(value: string): number {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= MAX_PORT) return port;
  throw new InvalidArgumentError('A port is a number from 0 (any free port) to 65535.');
}
