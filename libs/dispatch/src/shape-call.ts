import type { AccountLease } from '@sluice/accounts';
import type { FormatId, WireHeaders } from '@sluice/core';
import { applyPayloadRules, shapeHeaders, type ShapedHeaders } from '@sluice/shaping';
import type { Exchange } from './exchange.js';
import { vendorModel, type PathOptions } from './path-options.js';

/**
 * The body as the operator's rules leave it; the very same where none speaks of it.
 * @param format what the vendor speaks
 * @throws GatewayError `invalid_request` when a rule cannot look into the body
 */
export function shapeBody(body: Buffer, format: FormatId, options: PathOptions): Buffer {
  const { exchange, lease, call } = options;
  const { payloadRules } = exchange.snapshot.settings;
  if (payloadRules === undefined) return body;
  return applyPayloadRules(payloadRules, {
    format,
    clientFormat: exchange.request.format.id,
    provider: lease.declaration.account.provider,
    models: [...namesOfModel(exchange, lease), vendorModel(options)],
    headers: exchange.request.headers,
    body,
    original: call.body,
  });
}

/**
 * The headers that a call takes along, by the operator's rules.
 * @param forwarded those of the client that travel by the header policy
 */
export function shapeHeadersFor(exchange: Exchange, lease: AccountLease, forwarded: WireHeaders): ShapedHeaders {
  const { headerRules: rules } = exchange.snapshot.settings;
  const { account, copiedHeaders: copied } = lease.declaration;
  if (rules === undefined && copied === undefined) return { headers: forwarded };
  const models = namesOfModel(exchange, lease);
  const client = exchange.request.headers;
  return shapeHeaders({
    rules,
    provider: account.provider,
    models,
    client,
    forwarded,
    account: account.headers,
    copied,
  });
}

/** The client's name for the model and the route's; none where the request names no model. */
function namesOfModel({ facts }: Exchange, { model }: AccountLease): readonly string[] {
  return [facts?.model, model].filter((name): name is string => name !== undefined && name !== '');
}
