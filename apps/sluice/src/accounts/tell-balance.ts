import type { LimitsReport } from './account-report.js';

/** What is left of an account's allowance, in words. */
export function tellLimits(limits: LimitsReport): string {
  switch (limits.type) {
    case 'told': {
      const { used, limit, unit, plan, resetsAtMs } = limits.balance;
      const share = unit === '%' ? `${used} %` : `${used} of ${limit}${unit === undefined ? '' : ` ${unit}`}`;
      const resets = resetsAtMs === undefined ? '' : `, until ${new Date(resetsAtMs).toISOString().slice(0, 10)}`;
      return `${share} used${resets}${plan === undefined ? '' : ` (${plan})`}`;
    }
    case 'not told':
      return 'limits are not told';
    case 'failed':
      return limits.message;
    default:
      return unknownLimits(limits);
  }
}

function unknownLimits(limits: never): never {
  throw new TypeError(`unknown limits ${JSON.stringify(limits)}`);
}
