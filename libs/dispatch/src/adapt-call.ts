import { forwardRequestHeaders, type AdaptedRequest } from '@sluice/provider-kit';
import type { FormatId } from '@sluice/core';
import { loggedWarnings } from './logged-warnings.js';
import { vendorModel, type PathOptions } from './path-options.js';

export interface CallAdaptation {
  readonly format: FormatId;
  readonly body: Buffer;
  /** What the translation could not say already. */
  readonly warningsBefore: number;
}

/**
 * The call as the provider says that its vendor takes it, with the client's headers that may travel. What the vendor does not
 * take is counted and logged like what a translation cannot say.
 * @throws GatewayError `invalid_request` for what the vendor cannot be asked
 */
export function adaptCall(
  options: PathOptions,
  { format, body, warningsBefore }: CallAdaptation,
): Pick<AdaptedRequest, 'body' | 'headers'> {
  const { exchange, lease, provider, logger } = options;
  const { headers: clientHeaders, requestId } = exchange.request;
  const forwarded = forwardRequestHeaders(clientHeaders);
  if (provider.adaptRequest === undefined) return { body, headers: forwarded };
  const { account } = lease.declaration;
  const adapted = provider.adaptRequest({
    account,
    format,
    model: vendorModel(options),
    body,
    clientHeaders,
    clientId: exchange.principal?.id ?? '',
  });
  const { warnings } = adapted;
  exchange.warnings = warningsBefore + warnings.length;
  if (warnings.length > 0) {
    logger.info('the vendor does not take all of the request', {
      requestId,
      account: account.id,
      upstreamFormat: format,
      count: warnings.length,
      warnings: loggedWarnings(warnings),
    });
  }
  return { body: adapted.body, headers: { ...forwarded, ...adapted.headers } };
}
