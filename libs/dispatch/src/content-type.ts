import { GatewayError, headerValue, type WireHeaders } from '@sluice/core';

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

/**
 * A JSON body must say that it is one, or say nothing.
 * @throws GatewayError `unsupported_media_type`
 */
export function assertJsonContentType(headers: WireHeaders): void {
  const type = headerValue(headers, 'content-type');
  if (type === undefined || type === 'application/json' || JSON_TYPE.test(type)) return;
  throw new GatewayError({
    kind: 'unsupported_media_type',
    message: 'The body must be JSON: send it with the header "content-type: application/json".',
  });
}
