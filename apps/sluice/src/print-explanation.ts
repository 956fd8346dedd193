import type { AccountStanding, ExplainedAccount, Explanation } from '@sluice/routing';
import { formatTable } from './format-table.js';
import { EXIT_REFUSED } from './instance/exit-codes.js';
import type { Terminal } from './terminal.js';

/** Prints who would be asked for a model, in order, and why the others would not. @returns the exit code */
export function printExplanation(
  model: string,
  { refusal, targets, isSplit, accounts }: Explanation,
  terminal: Terminal,
): number {
  const asked = accounts.filter(({ target }) => target !== undefined);
  const others = accounts.filter(({ target }) => target === undefined);
  if (refusal === undefined) {
    terminal.print(`${model} is served by:`);
    const rows = asked.map((account, index) => [`  ${index + 1}.`, ...describeAccount(account)]);
    for (const line of formatTable(rows)) terminal.print(line);
    terminal.print(describeChoice(targets, isSplit));
  } else {
    terminal.print(`${model} leads nowhere: ${refusal.kind}. ${refusal.message}`);
  }
  if (others.length > 0) {
    terminal.print('Not asked:');
    for (const line of formatTable(others.map((account) => ['  -', ...describeAccount(account)]))) terminal.print(line);
  }
  return refusal === undefined ? 0 : EXIT_REFUSED;
}

/** How one of them is picked: among the accounts of a target, and among several targets. */
function describeChoice(targets: Explanation['targets'], isSplit: boolean): string {
  const strategies = [...new Set(targets.map(({ strategy }) => strategy))].join(', then ');
  if (targets.length < 2) return `Chosen by: ${strategies}.`;
  const order = isSplit ? 'divided by weight' : 'in order';
  return `Chosen by: ${targets.length} targets, ${order}; among the accounts of each: ${strategies}.`;
}

function describeAccount({ accountId, provider, target, standing, owner }: ExplainedAccount): readonly string[] {
  const told = describeStanding(standing);
  const state = owner === 'caller' ? `${told}, the key's own` : told;
  return [accountId, provider, ...(target === undefined ? [] : [target.model]), state];
}

function describeStanding(standing: AccountStanding): string {
  switch (standing.type) {
    case 'usable':
      return 'usable';
    case 'low':
      return `little is left until ${instant(standing.untilMs)}`;
    case 'soft':
      return `after the others until ${instant(standing.untilMs)}: ${standing.message}`;
    case 'cooling':
      return `cools down until ${instant(standing.untilMs)}: ${standing.message}`;
    case 'busy':
      return `busy: ${standing.inFlight} of ${standing.maxConcurrency} at once`;
    case 'open-circuit':
      return `${standing.vendor} is left alone until ${instant(standing.untilMs)}`;
    case 'retry-budget':
      return `calls to ${standing.vendor} must not be repeated now`;
    case 'excluded':
      return 'tried already';
    case 'foreign':
      return "another key's own account";
    case 'format':
      return 'the request cannot be brought into what its vendor speaks';
    case 'disabled':
      return 'disabled';
    case 'model-excluded':
      return `excludeModels: ${standing.glob}`;
    case 'not-a-target':
      return `serves ${standing.model}, but the name does not lead to it`;
    case 'perhaps-served':
      return `may serve ${standing.model}, but the name does not lead to it`;
    case 'model-not-served':
      return 'does not serve it';
    default:
      return unknownStanding(standing);
  }
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}

function unknownStanding(standing: never): never {
  throw new TypeError(`unknown standing ${JSON.stringify(standing)}`);
}
