import { EXIT_CONFIGURATION_ERROR } from '@sluice/gateway';
import type { AccountStanding, ExplainedAccount } from '@sluice/routing';
import type { Workplace } from './logins/workplace.js';
import { formatTable } from './format-table.js';
import type { Terminal } from './terminal.js';

export interface ExplainModelRequest {
  readonly model: string;
  /** The name of the client key that asks; absent = one that may use every model. */
  readonly key?: string | undefined;
  /** Do not ask the vendors which models they have. */
  readonly isOffline: boolean;
}

/** `sluice explain`: who would be asked for a model, in order, and why the others would not. @returns the exit code */
export async function explainModel(
  { model, key: keyName, isOffline }: ExplainModelRequest,
  place: Workplace,
  terminal: Terminal,
): Promise<number> {
  if (keyName !== undefined && !place.keyNames.includes(keyName)) {
    terminal.warn(`--key: there is no client key of this name. Names: ${place.keyNames.join(', ') || 'none'}.`);
    return EXIT_CONFIGURATION_ERROR;
  }
  const { refusal, targets, isSplit, accounts } = await place.explain(model, { keyName, isOffline });
  const asked = accounts.filter(({ target }) => target !== undefined);
  const others = accounts.filter(({ target }) => target === undefined);
  if (refusal === undefined) {
    terminal.print(`${model} is served by:`);
    const rows = asked.map((account, index) => [`  ${index + 1}.`, ...describeAccount(account)]);
    for (const line of formatTable(rows)) terminal.print(line);
    terminal.print(`Chosen by: ${targets.map(({ strategy }) => strategy).join(', then ')}${isSplit ? ', split' : ''}.`);
  } else {
    terminal.print(`${model} leads nowhere: ${refusal.kind}. ${refusal.message}`);
  }
  if (others.length > 0) {
    terminal.print('Not asked:');
    for (const line of formatTable(others.map((account) => ['  -', ...describeAccount(account)]))) terminal.print(line);
  }
  terminal.print('What cools down in a running gateway is not known here.');
  return refusal === undefined ? 0 : EXIT_CONFIGURATION_ERROR;
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
