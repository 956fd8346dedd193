import type { AccountReport, LimitsReport } from './account-report.js';

/** One account for programs: every member is there, `null` = nothing is known. Times in ISO 8601, and in seconds from now. */
export function accountJson(
  { id, provider, state, login, endsAtMs, owner, limits }: AccountReport,
  nowMs: number,
): Readonly<Record<string, unknown>> {
  return {
    id,
    provider: provider ?? null,
    state,
    login: login === undefined ? null : loginJson(login),
    tokenEndsAt: endsAtMs === undefined ? null : new Date(endsAtMs).toISOString(),
    tokenEndsInSeconds: endsAtMs === undefined ? null : Math.trunc((endsAtMs - nowMs) / 1_000),
    owner: owner ?? null,
    limits: limits === undefined ? null : limitsJson(limits),
  };
}

function loginJson({ kind, secret, isStored, name }: NonNullable<AccountReport['login']>) {
  return { kind, secret: secret ?? null, stored: isStored, name: name ?? null };
}

function limitsJson(limits: LimitsReport): unknown {
  if (limits.type === 'failed') return { error: limits.message };
  if (limits.type === 'not told') return null;
  const { resetsAtMs, ...balance } = limits.balance;
  return { ...balance, resetsAt: resetsAtMs === undefined ? null : new Date(resetsAtMs).toISOString() };
}
