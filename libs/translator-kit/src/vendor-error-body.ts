import type { FormatId, GatewayError, JsonObject } from '@sluice/core';

/** Said before the words of a vendor that speak of a credential: "incorrect API key" must not send the client to its own. */
const NOT_YOUR_KEY = "The vendor refused the gateway's account, not your key:";

/** The vendor's own error body, for clients of the format that it spoke; undefined = we write one. */
export function vendorErrorBody(error: GatewayError, format: FormatId): JsonObject | undefined {
  if (speaksOfOurKey(error)) return undefined;
  const { upstream } = error;
  return upstream?.body?.format === format ? upstream.body.value : undefined;
}

/** The stable word that the vendor gave. */
export function vendorErrorCode(error: GatewayError): string | undefined {
  return speaksOfOurKey(error) ? undefined : error.upstream?.code;
}

/** The sentence for a body of ours: a vendor's words about a credential say whose it is. */
export function clientMessage(error: GatewayError): string {
  const isVendors = speaksOfOurKey(error) && error.upstream !== undefined;
  return isVendors ? `${NOT_YOUR_KEY} ${error.message}` : error.message;
}

function speaksOfOurKey({ kind }: GatewayError): boolean {
  return kind === 'upstream_auth_failed';
}
