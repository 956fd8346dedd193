import type { JsonObject } from '@sluice/core';
import { VENDOR_KEY } from '../harness/test-configuration.js';

export const KIRO_MODEL = 'claude-sonnet-4.5';

/** An account at a mock of Kiro that is always asked, whatever happened before. Members given win. */
export function kiroAccount(vendorUrl: string, members: JsonObject = {}): JsonObject {
  return {
    id: 'kiro',
    provider: 'kiro',
    apiKey: VENDOR_KEY,
    endpoints: { inference: vendorUrl, management: vendorUrl, socialAuth: vendorUrl, oidc: vendorUrl },
    models: [KIRO_MODEL],
    cooldown: { enabled: false },
    ...members,
  };
}
