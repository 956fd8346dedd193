import type { JsonObject } from '@sluice/core';
import { MODELS, singleAccounts, VENDOR_KEY } from '../harness/test-configuration.js';

/** The formats that clients speak. */
export const CLIENT_FORMATS = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini'] as const;
export type ClientFormat = (typeof CLIENT_FORMATS)[number];

/** The formats that vendors speak. */
export const VENDOR_FORMATS = [...CLIENT_FORMATS, 'kiro', 'bedrock-converse'] as const;
export type VendorFormat = (typeof VENDOR_FORMATS)[number];

/** The model of each vendor's account. */
export const VENDOR_MODELS: Readonly<Record<VendorFormat, string>> = {
  ...MODELS,
  'openai-responses': 'responses-test',
  gemini: 'gemini-test',
  kiro: 'kiro-test',
  'bedrock-converse': 'anthropic.claude-bedrock-test',
};

/** Whose models a vendor serves, where they prove their reasoning: a proof is only for models of the same family. */
export const FAMILIES: Readonly<Record<VendorFormat, 'anthropic' | 'openai' | 'gemini' | undefined>> = {
  'openai-chat': undefined,
  'openai-responses': 'openai',
  'anthropic-messages': 'anthropic',
  gemini: 'gemini',
  kiro: 'anthropic',
  'bedrock-converse': 'anthropic',
};

/** An account per format at one mock that is always asked, whatever happened before. */
export function accountsOfAll(vendorUrl: string): JsonObject[] {
  return [
    ...singleAccounts(vendorUrl),
    account('openai-responses', {
      id: 'responses',
      provider: 'openai',
      wireApi: 'responses',
      apiKey: VENDOR_KEY,
      baseUrl: `${vendorUrl}/v1`,
    }),
    account('gemini', { id: 'gemini', provider: 'gemini', apiKey: VENDOR_KEY, baseUrl: vendorUrl }),
    account('kiro', {
      id: 'kiro',
      provider: 'kiro',
      accessToken: VENDOR_KEY,
      endpoints: { inference: vendorUrl },
    }),
    account('bedrock-converse', {
      id: 'bedrock',
      provider: 'bedrock',
      region: 'us-east-1',
      apiKey: VENDOR_KEY,
      baseUrl: vendorUrl,
    }),
  ];
}

function account(format: VendorFormat, members: JsonObject): JsonObject {
  return { models: [VENDOR_MODELS[format]], cooldown: { enabled: false }, ...members };
}
