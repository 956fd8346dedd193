import { createHash } from 'node:crypto';
import type { CanonicalRequest, JsonObject } from '@sluice/core';
import { carriedBy } from '../carried.js';
import type { RequestScope } from './request-scope.js';

/** OpenAI's limit; longer ones are sent as their SHA-256, which has exactly as many digits. */
const MAX_USER_CHARS = 64;

/** Service tiers of the Responses API, by the words of all formats. */
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

/** Who asks and how urgently: as a client of this format said it, else in its words. */
export function encodeCaller(request: CanonicalRequest, { warnings, isOwn }: RequestScope): JsonObject {
  const { endUser, serviceTier } = request;
  const own = carriedBy(request) ?? {};
  const identifier = own['safety_identifier'] ?? (endUser === undefined || isOwn ? undefined : shortUser(endUser));
  const { user } = own;
  const tier = own['service_tier'] ?? TIERS.get(serviceTier ?? '');
  if (tier === undefined && serviceTier !== undefined) {
    warnings.dropped('/serviceTier', `The Responses API has no service tier "${serviceTier}".`);
  }
  return {
    ...(identifier !== undefined && { safety_identifier: identifier }),
    ...(user !== undefined && { user }),
    ...(tier !== undefined && { service_tier: tier }),
  };
}

function shortUser(user: string): string {
  return user.length <= MAX_USER_CHARS ? user : createHash('sha256').update(user).digest('hex');
}
