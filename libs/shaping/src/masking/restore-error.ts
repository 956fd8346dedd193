import { GatewayError } from '@sluice/core';
import { restoreObject } from './restore-response.js';
import type { WordMask } from './word-mask.js';

/** The same error with the words in it again: vendors quote what they refuse. */
export function restoreError(error: GatewayError, mask: WordMask): GatewayError {
  const { kind, message, param, retryAfterMs, upstream, cause } = error;
  return new GatewayError({
    kind,
    message: mask.restore(message),
    ...(param !== undefined && { param: mask.restore(param) }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(cause !== undefined && { cause }),
    ...(upstream !== undefined && {
      upstream: {
        ...upstream,
        message: mask.restore(upstream.message),
        ...(upstream.param !== undefined && { param: mask.restore(upstream.param) }),
        ...(upstream.body !== undefined && {
          body: { ...upstream.body, value: restoreObject(upstream.body.value, mask) },
        }),
      },
    }),
  });
}
