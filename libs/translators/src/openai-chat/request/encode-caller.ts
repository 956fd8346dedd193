import { createHash } from 'node:crypto';
import type { CanonicalRequest, JsonObject } from '@sluice/core';
import { carriedBy } from '../carried.js';
import type { RequestScope } from './encode-content.js';

/** OpenAI's limit; longer ones are sent as their SHA-256, which has exactly as many digits. */
const MAX_USER_CHARS = 64;

/** Service tiers that Chat Completions has, by the words of all formats. */
const TIERS: ReadonlyMap<string, string> = new Map([
  ['auto', 'auto'],
  ['default', 'default'],
  ['standard', 'default'],
  ['standard_only', 'default'], // Anthropic
  ['flex', 'flex'],
  ['priority', 'priority'],
  ['fast', 'priority'],
  ['scale', 'scale'],
]);

/** `user` and `service_tier`: as a client of this format said them, else in its words. */
export function encodeCaller(request: CanonicalRequest, { warnings }: RequestScope): JsonObject {
  const { endUser, serviceTier } = request;
  const { user: ownUser, safety_identifier: ownIdentifier, service_tier: ownTier } = carriedBy(request) ?? {};
  const user = ownUser ?? (endUser === undefined || ownIdentifier !== undefined ? undefined : shortUser(endUser));
  const tier = ownTier ?? TIERS.get(serviceTier ?? '');
  if (tier === undefined && serviceTier !== undefined) {
    warnings.dropped('/serviceTier', `Chat Completions has no service tier "${serviceTier}".`);
  }
  return { ...(user !== undefined && { user }), ...(tier !== undefined && { service_tier: tier }) };
}

function shortUser(user: string): string {
  return user.length <= MAX_USER_CHARS ? user : createHash('sha256').update(user).digest('hex');
}
