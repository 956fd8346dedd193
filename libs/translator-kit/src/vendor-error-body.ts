import type { FormatId, GatewayError, JsonObject } from '@sluice/core';

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

function speaksOfOurKey({ kind }: GatewayError): boolean {
  return kind === 'upstream_auth_failed';
}
