import { isJsonObject, type JsonObject } from '@sluice/core';
import { readInstant } from '../login/read-instant.js';

/** One kind of what a plan allows, in the vendor's own unit (credits). Numbers the vendor did not tell are absent. */
export interface UsageBreakdown {
  readonly resourceType?: string;
  readonly used: number;
  readonly limit: number;
  readonly overages?: number;
  /** Allowances beside the plan's own: a trial, and gifts. Only active ones count. */
  readonly extras: readonly UsageAllowance[];
  readonly resetsAtMs?: number;
}

export interface UsageAllowance {
  readonly kind: 'trial' | 'bonus';
  readonly isActive: boolean;
  readonly used: number;
  readonly limit: number;
  readonly endsAtMs?: number;
}

/** What an account may use and has used. */
export interface UsageLimits {
  readonly breakdowns: readonly UsageBreakdown[];
  /** `KIRO FREE`, `KIRO PRO+` … */
  readonly plan?: string;
  readonly email?: string;
  readonly userId?: string;
  readonly overagesEnabled?: boolean;
  readonly resetsAtMs?: number;
}

const ACTIVE = 'ACTIVE';

/** Reads the vendor's answer. Everything in it may be missing. */
export function readUsageLimits(value: unknown): UsageLimits {
  const answer = object(value);
  const { usageBreakdownList, usageBreakdown } = answer;
  const list = Array.isArray(usageBreakdownList) ? usageBreakdownList : [usageBreakdown];
  const plan = text(object(answer['subscriptionInfo'])['subscriptionTitle']);
  const { email, userId } = object(answer['userInfo']);
  const overages = text(object(answer['overageConfiguration'])['overageStatus']);
  const resetsAtMs = readInstant(answer['nextDateReset']);
  return {
    breakdowns: list.filter(isJsonObject).map(readBreakdown),
    ...(plan === undefined ? {} : { plan }),
    ...(text(email) === undefined ? {} : { email: String(email) }),
    ...(text(userId) === undefined ? {} : { userId: String(userId) }),
    ...(overages === undefined ? {} : { overagesEnabled: overages === 'ENABLED' }),
    ...(resetsAtMs === undefined ? {} : { resetsAtMs }),
  };
}

function readBreakdown(value: JsonObject): UsageBreakdown {
  const { freeTrialInfo, bonuses } = value;
  const resourceType = text(value['resourceType']);
  const resetsAtMs = readInstant(value['nextDateReset']);
  const overages = amount(value, 'currentOverages');
  return {
    ...(resourceType === undefined ? {} : { resourceType }),
    used: amount(value, 'currentUsage') ?? 0,
    limit: amount(value, 'usageLimit') ?? 0,
    ...(overages === undefined ? {} : { overages }),
    extras: [
      ...(isJsonObject(freeTrialInfo) ? [readAllowance('trial', freeTrialInfo)] : []),
      ...(Array.isArray(bonuses) ? bonuses.filter(isJsonObject).map((bonus) => readAllowance('bonus', bonus)) : []),
    ],
    ...(resetsAtMs === undefined ? {} : { resetsAtMs }),
  };
}

function readAllowance(kind: UsageAllowance['kind'], value: JsonObject): UsageAllowance {
  const endsAtMs = readInstant(value['freeTrialExpiry'] ?? value['expiresAt']);
  return {
    kind,
    isActive: (value['freeTrialStatus'] ?? value['status']) === ACTIVE,
    used: amount(value, 'currentUsage') ?? 0,
    limit: amount(value, 'usageLimit') ?? 0,
    ...(endsAtMs === undefined ? {} : { endsAtMs }),
  };
}

/** The exact number counts before the rounded one. */
function amount(value: JsonObject, name: string): number | undefined {
  const found = value[`${name}WithPrecision`] ?? value[name];
  return typeof found === 'number' ? found : undefined;
}

function object(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
