import type { AccountPage, AccountReport } from '@sluice/gateway';
import { tellFromNow } from '../accounts/tell-time.js';
import { formatTable } from '../format-table.js';

const HEAD = ['ACCOUNT', 'PROVIDER', 'STATE', 'RUNNING', 'DONE', 'FAILED', 'TOKEN ENDS'];
const INDENT = '  ';
const KEY_PRINCIPAL = /^key:/;
/** Resting models that are named; the others are counted. */
const NAMED_RESTS = 3;

/** One line in columns for each account, and below it why it is not asked, what it has left, and what went wrong last. */
export function linesOfLiveAccounts({ accounts, nowMs }: AccountPage, columns = Infinity): readonly string[] {
  const [head = '', ...rows] = formatTable([HEAD, ...accounts.map((account) => cellsOf(account, nowMs))]);
  const details = accounts.map((account) => detailsOf(account, nowMs).map((line) => INDENT + line));
  const lines = [head, ...rows.flatMap((row, at) => [row, ...(details[at] ?? [])])];
  return lines.map((line) => (line.length <= columns ? line : `${line.slice(0, columns - 1)}…`));
}

function cellsOf(account: AccountReport, nowMs: number): readonly string[] {
  const { accountId, provider, standing, inFlight, maxConcurrency, counts, login } = account;
  const endsAtMs = 'error' in login ? undefined : login.expiresAtMs;
  return [
    accountId,
    provider,
    'untilMs' in standing ? `${standing.type} for ${tellDistance(standing.untilMs, nowMs)}` : standing.type,
    maxConcurrency === undefined ? String(inFlight) : `${inFlight} of ${maxConcurrency}`,
    String(counts.completed),
    String(counts.failed),
    endsAtMs === undefined ? '-' : tellFromNow(endsAtMs, nowMs),
  ];
}

/** What is still to come, as a duration. */
function tellDistance(untilMs: number, nowMs: number): string {
  return tellFromNow(untilMs, nowMs).replace(/^in /, '');
}

function detailsOf(account: AccountReport, nowMs: number): readonly string[] {
  const { owner, standing, circuit, limits, lastFailure, login } = account;
  return [
    ...('message' in standing ? [standing.message] : []),
    ...restsOf(account, nowMs),
    ...(circuit === undefined || circuit.state === 'closed'
      ? []
      : [`${circuit.vendor} is left alone: its circuit is ${circuit.state}`]),
    ...(owner === undefined ? [] : [`only for ${owner.replace(KEY_PRINCIPAL, '')}`]),
    ...(limits === undefined || limits.limits.length === 0 ? [] : [`left: ${tellLimits(limits.limits, nowMs)}`]),
    ...('error' in login ? [login.error] : []),
    ...(lastFailure === undefined
      ? []
      : [
          `failed last ${tellFromNow(lastFailure.atMs, nowMs)} with ${lastFailure.model}, request ${lastFailure.requestId}: ${lastFailure.kind}. ${lastFailure.message}`,
        ]),
  ];
}

function restsOf({ modelRests, restingModels }: AccountReport, nowMs: number): readonly string[] {
  const named = modelRests.slice(0, NAMED_RESTS);
  const others = restingModels - named.length;
  return [
    ...named.map(({ model, untilMs, message }) => `${model} rests, back ${tellFromNow(untilMs, nowMs)}: ${message}`),
    ...(others > 0 ? [`and ${others} more models rest`] : []),
  ];
}

function tellLimits(limits: NonNullable<AccountReport['limits']>['limits'], nowMs: number): string {
  const tell = ({ name, remaining, limit, status, resetsAtMs }: (typeof limits)[number]): string => {
    const left = remaining === undefined ? status : `${remaining}${limit === undefined ? '' : ` of ${limit}`}`;
    return `${name} ${left ?? '?'}${resetsAtMs === undefined ? '' : ` (again ${tellFromNow(resetsAtMs, nowMs)})`}`;
  };
  return limits.map(tell).join(', ');
}
