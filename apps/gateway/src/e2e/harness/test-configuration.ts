import type { JsonObject } from '@sluice/core';

/** Unlike any known shape of a key, so that only knowing it can keep it out of an answer. */
export const CLIENT_KEY = 'client-secret-of-the-suite-4711';
export const OPERATOR_KEY = 'operator-secret-of-the-suite-4712';
export const VENDOR_KEY = 'vendor-secret-of-the-suite-4713';
export const SPARE_VENDOR_KEY = 'vendor-secret-of-the-suite-4714';
/** Must not be seen by anybody but the party it belongs to. */
export const SECRETS = [CLIENT_KEY, OPERATOR_KEY, VENDOR_KEY, SPARE_VENDOR_KEY];

/** The models that the accounts of {@link account} serve, by the format of their vendor. */
export const MODELS = { 'openai-chat': 'gpt-test', 'anthropic-messages': 'claude-test' } as const;

export type TestFormat = keyof typeof MODELS;

/** An account at a mock that is always asked, whatever happened before. Members given win. */
export function account(format: TestFormat, vendorUrl: string, members: JsonObject = {}): JsonObject {
  const vendor: JsonObject =
    format === 'openai-chat'
      ? { id: 'chat', provider: 'openai-compatible', baseUrl: `${vendorUrl}/v1` }
      : { id: 'claude', provider: 'anthropic', baseUrl: vendorUrl };
  return { apiKey: VENDOR_KEY, models: [MODELS[format]], cooldown: { enabled: false }, ...vendor, ...members };
}

/** One account per format at one vendor. */
export function singleAccounts(vendorUrl: string, members: JsonObject = {}): JsonObject[] {
  return [account('openai-chat', vendorUrl, members), account('anthropic-messages', vendorUrl, members)];
}

/** Two accounts per format: the first vendor is preferred, the spare one comes after it. */
export function accountsWithSpare(vendorUrl: string, spareUrl: string, members: JsonObject = {}): JsonObject[] {
  const spare = { ...members, apiKey: SPARE_VENDOR_KEY, priority: 1 };
  return [
    ...singleAccounts(vendorUrl, members),
    account('openai-chat', spareUrl, { ...spare, id: 'chat-spare' }),
    account('anthropic-messages', spareUrl, { ...spare, id: 'claude-spare' }),
  ];
}

/** A whole configuration. No request ever waits before it is tried again, unless `retry` says so. */
export function testConfiguration(sections: JsonObject): JsonObject {
  return {
    apiKeys: [
      { name: 'app', key: CLIENT_KEY },
      { name: 'operator', key: OPERATOR_KEY, scopes: ['diagnostics'] },
    ],
    retry: { maxWaitMs: 0 },
    upstream: { fetchMedia: { enabled: false } }, // no test asks strangers
    ...sections,
  };
}
