import { GatewayError } from '@sluice/core';
import type { Exchange } from './exchange.js';

/** The answer when an account serves the model, but nothing brings the request into a format that it speaks. */
export function cannotTranslate({ facts, request }: Exchange, accountId: string): GatewayError {
  return new GatewayError({
    kind: 'unsupported_translation',
    message:
      `The account "${accountId}" serves ${facts?.model ?? 'this model'}, but speaks no format that a ` +
      `${request.format.displayName} request can be brought into. Use the client format of that vendor.`,
  });
}
