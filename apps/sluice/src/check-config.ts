import { formatProblem } from '@sluice/config';
import { EXIT_CONFIGURATION_ERROR, loadGatewayConfiguration, readDescriptors } from '@sluice/gateway';
import { locateConfig } from './locate-config.js';

/**
 * `sluice check-config`: says what is wrong, or what the configuration comes to.
 * @param credentialsFile the logins of a `config.json` of kiro-rs
 * @returns the exit code
 */
export async function checkConfig(asked: string | undefined, credentialsFile?: string): Promise<number> {
  const file = locateConfig(asked, process.env);
  if (file === undefined) {
    process.stderr.write(
      'There is no configuration to check: name a file, or create ./sluice.yaml (copy sluice.example.yaml).\n',
    );
    return EXIT_CONFIGURATION_ERROR;
  }
  const loaded = await loadGatewayConfiguration({
    file,
    env: process.env,
    providers: await readDescriptors(),
    credentialsFile,
  });
  if (!loaded.ok) {
    for (const problem of loaded.problems) process.stderr.write(`${formatProblem(problem)}\n`);
    return EXIT_CONFIGURATION_ERROR;
  }
  for (const warning of loaded.warnings) process.stderr.write(`warning: ${formatProblem(warning)}\n`);
  const { accounts, models, apiKeys } = loaded.snapshot;
  if (accounts.length === 0) {
    process.stderr.write(`warning: ${file}: accounts has no account, so no model can be served. Declare one.\n`);
  }
  const counts = [
    count(accounts.length, 'account'),
    count(models.length, 'alias', 'aliases'),
    count(apiKeys.length, 'client key'),
  ];
  process.stdout.write(`${file} is valid: ${counts.join(', ')}.\n`);
  return 0;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
