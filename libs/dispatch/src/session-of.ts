import type { LeaseSession } from '@sluice/accounts';
import { sessionKey, type Route } from '@sluice/routing';
import { parseJsonObject, pickMembers, type WireCall } from '@sluice/translator-kit';
import type { Exchange } from './exchange.js';

/** A larger body is not parsed to tell its conversation apart. */
export const MAX_SESSION_BODY_BYTES = 1024 * 1024;

/** The conversation that a request belongs to; undefined where its route keeps none, or nothing tells it apart. */
export function sessionOf(
  { request, principal }: Exchange,
  { body }: WireCall,
  route: Route,
): LeaseSession | undefined {
  const { sessionTtlMs, targets } = route;
  if (sessionTtlMs === undefined || principal === undefined) return undefined;
  if (targets.length === 1 && targets[0]?.candidates.length === 1) return undefined; // there is only one account to stay on
  const key = sessionKey({
    headers: request.headers,
    principalId: principal.id,
    read: (names) => {
      if (body.length > MAX_SESSION_BODY_BYTES) return undefined;
      return pickMembers(body, names)?.members ?? parseJsonObject(body.toString());
    },
  });
  return key === undefined ? undefined : { key, ttlMs: sessionTtlMs };
}
