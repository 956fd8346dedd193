import { formatTable } from '../format-table.js';
import type { AccountReport, LoginReport } from './account-report.js';
import { tellLimits } from './tell-balance.js';
import { tellFromNow, tellInstant } from './tell-time.js';

const HEAD = ['ACCOUNT', 'PROVIDER', 'STATE', 'TOKEN ENDS', 'LOGIN'];
/** Less of a login tells nothing: then it stands below. */
const MIN_LOGIN_CHARACTERS = 16;
const INDENT = '  ';
const BETWEEN = ' · ';

export interface AccountPrinting {
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** How many characters fit on a line; undefined = any number. */
  readonly columns?: number | undefined;
}

/**
 * One line in columns for each account, and below it what it has besides: whose it is, when exactly its token ends, who may use
 * it, what is left. On a narrow screen logins are cut; names of accounts never are.
 */
export function linesOfAccounts(
  reports: readonly AccountReport[],
  { nowMs, columns = Infinity }: AccountPrinting,
): readonly string[] {
  const rows = [HEAD, ...reports.map((report) => cellsOf(report, nowMs))];
  const before = formatTable(rows.map((row) => row.slice(0, -1)));
  const room = columns - Math.max(...before.map(({ length }) => length)) - INDENT.length;
  const hasLogins = room >= MIN_LOGIN_CHARACTERS;
  const [head = '', ...lines] = hasLogins ? formatTable(rows.map((row) => withLastCut(row, room))) : before;
  return [head, ...lines.flatMap((line, at) => [line, ...detailLines(reports[at], { hasLogins, columns })])];
}

function cellsOf({ id, provider, state, login, endsAtMs }: AccountReport, nowMs: number): readonly string[] {
  return [id, provider ?? '-', state, endsAtMs === undefined ? '-' : tellFromNow(endsAtMs, nowMs), tellLogin(login)];
}

function tellLogin(login: LoginReport | undefined): string {
  if (login === undefined) return '-';
  const { kind, secret, isStored } = login;
  if (kind === 'none') return 'none is needed';
  if (secret === undefined) return `${kind}, at its first call`;
  return `${kind} ${secret}${isStored ? ', stored' : ''}`;
}

function withLastCut(row: readonly string[], room: number): readonly string[] {
  const last = row.at(-1) ?? '';
  return last.length <= room ? row : [...row.slice(0, -1), `${last.slice(0, room - 1)}…`];
}

function detailLines(
  report: AccountReport | undefined,
  { hasLogins, columns }: { readonly hasLogins: boolean; readonly columns: number },
): readonly string[] {
  if (report === undefined) return [];
  const details = [...(hasLogins || report.login === undefined ? [] : [tellLogin(report.login)]), ...detailsOf(report)];
  const lines: string[] = [];
  for (const detail of details) {
    const joined = lines.length === 0 ? undefined : `${lines.at(-1)}${BETWEEN}${detail}`;
    if (joined !== undefined && joined.length <= columns) lines[lines.length - 1] = joined;
    else lines.push(`${INDENT}${detail}`);
  }
  return lines;
}

function detailsOf({ id, provider, state, login, endsAtMs, owner, limits }: AccountReport): readonly string[] {
  return [
    state === 'no login' || state === 'refused' ? `npx sluice login ${provider} --account ${id}` : undefined,
    login?.name,
    endsAtMs === undefined ? undefined : `until ${tellInstant(endsAtMs)}`,
    owner === undefined ? undefined : `only for ${owner}`,
    limits === undefined ? undefined : tellLimits(limits),
  ].filter((detail) => detail !== undefined);
}
