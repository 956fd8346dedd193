import type { CanonicalRequest } from '@sluice/core';
import type { ExchangePlan, TranslatedClient } from '@sluice/translator-kit';
import type { InlineMedia } from './inline-media.js';
import type { PathOptions } from './path-options.js';

const DIRECT = 'direct';

/**
 * Decoded once per exchange, however many accounts are tried.
 * @throws GatewayError `invalid_request` for what cannot be understood
 */
export function decodedRequest(client: TranslatedClient, { exchange, call }: PathOptions): CanonicalRequest {
  exchange.canonical ??= client.client.translation.decodeRequest(call);
  return exchange.canonical;
}

/**
 * Gets what a request names by address, where the vendor of this attempt takes bytes only. Not for accounts behind a proxy: it
 * would be fetched past it.
 * @returns undefined where there is nothing to wait for
 */
export function completeRequest(
  plan: ExchangePlan,
  options: PathOptions,
  media: InlineMedia | undefined,
): Promise<void> | undefined {
  const { exchange, lease } = options;
  exchange.completed = undefined;
  if (plan.tier !== 'translate' || media === undefined) return undefined;
  const { translation } = plan.upstream.upstream;
  const { proxyUrl = DIRECT } = lease.declaration.account.transport;
  if (translation.needsBytes === undefined || proxyUrl !== DIRECT) return undefined;
  const completing = media.inline(decodedRequest(plan.client, options), {
    translation,
    settings: exchange.snapshot.settings.fetchMedia,
    cancellation: exchange.cancellation,
    requestId: exchange.request.requestId,
  });
  if (!(completing instanceof Promise)) return undefined;
  return completing.then((request) => {
    exchange.completed = request;
  });
}
