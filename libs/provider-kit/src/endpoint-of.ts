import { GatewayError, type FormatId } from '@sluice/core';
import type { UpstreamCall } from './provider.js';

/**
 * The vendor's path for a call's format.
 * @throws GatewayError `unsupported_translation`: the call is in a format that the provider did not name
 */
export function endpointOf(endpoints: Readonly<Partial<Record<FormatId, string>>>, call: UpstreamCall): string {
  const endpoint = endpoints[call.format];
  if (endpoint !== undefined) return endpoint;
  throw new GatewayError({
    kind: 'unsupported_translation',
    message: `The provider "${call.account.provider}" does not speak ${call.format}.`,
  });
}
