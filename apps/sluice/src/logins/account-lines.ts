import type { Workplace } from './workplace.js';

/** An account that has a login and that the configuration does not know. */
export interface UndeclaredAccount {
  readonly id: string;
  readonly provider: string;
  readonly members: Readonly<Record<string, unknown>>;
}

/** What to put into the configuration, so that stored logins are used. Nothing = all is declared. */
export function accountLines(
  accounts: readonly UndeclaredAccount[],
  { accounts: declared, configFile = 'sluice.yaml' }: Pick<Workplace, 'accounts' | 'configFile'>,
): readonly string[] {
  const known = new Set(declared.map(({ account }) => account.id));
  const missing = new Map(accounts.filter(({ id }) => !known.has(id)).map((account) => [account.id, account]));
  if (missing.size === 0) return [];
  return [
    `Add to the accounts of ${configFile}:`,
    ...[...missing.values()].map((account) => `  - ${flowMapping(account)}`),
  ];
}

/** JSON's values are YAML's. */
function flowMapping({ id, provider, members }: UndeclaredAccount): string {
  const rest = Object.entries(members).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `{ ${[`id: ${id}`, `provider: ${provider}`, ...rest].join(', ')} }`;
}
