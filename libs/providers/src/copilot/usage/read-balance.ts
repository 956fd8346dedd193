import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';
import type { Balance } from '@sluice/provider-kit';

interface Counted {
  readonly name: string;
  /** For people. */
  readonly unit: string;
}

/** What chats are counted in, most telling first. Completions in an editor are not what we use. */
const COUNTED: readonly Counted[] = [
  { name: 'premium_interactions', unit: 'premium requests' },
  { name: 'chat', unit: 'chat messages' },
];
/** Sums of decimal fractions are rounded to this: some models cost a fraction of a request. */
const DECIMALS = 1e6;

/** What GitHub says is left of a plan; undefined = nothing that is counted. */
export function readBalance(value: unknown): Balance | undefined {
  const answer = isJsonObject(value) ? value : {};
  const plan = textOf(answer['copilot_plan']) ?? textOf(answer['access_type_sku']);
  const account = { ...(plan === undefined ? {} : { plan }) };
  for (const { name, unit } of COUNTED) {
    const snapshot = objectOf(objectOf(answer['quota_snapshots'])[name]);
    const limit = numberOf(snapshot['entitlement']);
    const remaining = numberOf(snapshot['quota_remaining']) ?? numberOf(snapshot['remaining']);
    if (snapshot['unlimited'] === true || limit === undefined || limit <= 0 || remaining === undefined) continue;
    const resetsAtMs = instantOf(answer['quota_reset_date_utc']) ?? instantOf(answer['quota_reset_date']);
    const used = limit - remaining + Math.max(0, numberOf(snapshot['overage_count']) ?? 0);
    return balanceOf({ limit, used, unit, resetsAtMs, account });
  }
  return freeBalance(answer, account);
}

/** The free plan as it was told before it had snapshots: how much there is, and what is left of it. */
function freeBalance(answer: JsonObject, account: Pick<Balance, 'plan'>): Balance | undefined {
  const limit = numberOf(objectOf(answer['monthly_quotas'])['chat']);
  const remaining = numberOf(objectOf(answer['limited_user_quotas'])['chat']);
  if (limit === undefined || limit <= 0 || remaining === undefined) return undefined;
  const resetsAtMs = instantOf(answer['limited_user_reset_date']);
  return balanceOf({ limit, used: limit - remaining, unit: 'chat messages', resetsAtMs, account });
}

interface Told extends Pick<Balance, 'limit' | 'used'> {
  readonly unit: string;
  readonly resetsAtMs: number | undefined;
  readonly account: Pick<Balance, 'plan'>;
}

function balanceOf({ limit, used, unit, resetsAtMs, account }: Told): Balance {
  return {
    limit,
    used: round(used),
    remaining: Math.max(0, round(limit - used)),
    percentUsed: Math.min(100, Math.max(0, round((used / limit) * 100))),
    unit,
    ...(resetsAtMs === undefined ? {} : { resetsAtMs }),
    ...account,
  };
}

function round(value: number): number {
  return Math.round(value * DECIMALS) / DECIMALS;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function numberOf(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A date alone is midnight in UTC. */
function instantOf(value: JsonValue | undefined): number | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
