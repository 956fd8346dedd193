import { extractClientKeys, type Authenticator, type Principal } from '@sluice/auth';
import type { Clock } from '@sluice/core';
import type { AdmissionControl } from '@sluice/usage';
import type { Exchange } from './exchange.js';

export interface DoorKeepers {
  readonly authenticator: Authenticator;
  readonly admission: AdmissionControl;
  readonly clock: Clock;
}

/**
 * Finds out who calls.
 * @throws GatewayError `invalid_api_key`
 */
export async function identify(exchange: Exchange, { authenticator }: DoorKeepers): Promise<Principal> {
  const { request, snapshot } = exchange;
  const presented = extractClientKeys(request.headers, request.query, request.path);
  exchange.principal = await authenticator.authenticate(presented, snapshot);
  return exchange.principal;
}

/**
 * Asks the limits.
 * @param what `model` is empty where the request names none
 * @throws GatewayError `rate_limited`, `insufficient_quota`
 */
export async function admit(
  exchange: Exchange,
  { admission, clock }: DoorKeepers,
  what: { readonly model: string; readonly bodyBytes: number },
): Promise<void> {
  const { requestId } = exchange.request;
  const principalId = exchange.principal?.id;
  exchange.admission = await admission.admit({ requestId, principalId, ...what, nowMs: clock.now() });
}
