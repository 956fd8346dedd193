import type { AccountReport } from '@sluice/gateway';

const KEY_PRINCIPAL = /^key:/;

/** One account of a running gateway for programs: the members that `sluice accounts` always has, and `live` with all that was told. */
export function liveAccountJson(report: AccountReport, nowMs: number): Readonly<Record<string, unknown>> {
  const { accountId, provider, standing, login, owner } = report;
  const kind = 'error' in login ? undefined : login.kind;
  const endsAtMs = 'error' in login ? undefined : login.expiresAtMs;
  return {
    id: accountId,
    provider,
    state: standing.type,
    login: kind === undefined ? null : { kind, secret: null, stored: null, name: null },
    tokenEndsAt: endsAtMs === undefined ? null : new Date(endsAtMs).toISOString(),
    tokenEndsInSeconds: endsAtMs === undefined ? null : Math.trunc((endsAtMs - nowMs) / 1_000),
    owner: owner?.replace(KEY_PRINCIPAL, '') ?? null,
    limits: null,
    live: report,
  };
}
