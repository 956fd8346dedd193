import type { FormatId, GatewayError, JsonObject } from '@sluice/core';

/** The vendor's own error body, for clients of the format that it spoke; undefined = we write one. */
export function vendorErrorBody({ kind, upstream }: GatewayError, format: FormatId): JsonObject | undefined {
  if (kind === 'upstream_auth_failed') return undefined; // it speaks of our key, not of the client's
  return upstream?.body?.format === format ? upstream.body.value : undefined;
}

/** The stable word that the vendor gave. */
export function vendorErrorCode({ kind, upstream }: GatewayError): string | undefined {
  return kind === 'upstream_auth_failed' ? undefined : upstream?.code;
}
