import type { JsonObject } from '@sluice/core';
import { VENDOR_KEY } from '../harness/test-configuration.js';

/** An account at a mock of GitHub and its Copilot that is always asked, whatever happened before. Members given win. */
export function copilotAccount(vendorUrl: string, members: JsonObject = {}): JsonObject {
  return {
    id: 'copilot',
    provider: 'copilot',
    githubToken: VENDOR_KEY,
    baseUrl: vendorUrl,
    endpoints: { login: vendorUrl, api: vendorUrl },
    cooldown: { enabled: false },
    ...members,
  };
}

/** Where GitHub gives tokens of Copilot. */
export const TOKEN_PATH = '/copilot_internal/v2/token';
