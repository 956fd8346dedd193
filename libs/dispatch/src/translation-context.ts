import type { AccountLease } from '@sluice/accounts';
import type { TranslationWarning } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import type { Exchange } from './exchange.js';
import { loggedWarnings } from './logged-warnings.js';
import { vendorModel, type PathOptions } from './path-options.js';

const MS_PER_SECOND = 1000;

/** What the translation of one call may know of its exchange. */
export function translationContext(options: PathOptions): TranslationContext {
  const { exchange, lease, provider } = options;
  const context = translationContextOf(exchange, lease, vendorModel(options));
  const windowTokens = provider.windowTokens?.(context.upstreamModel, lease.declaration.account);
  return windowTokens === undefined ? context : { ...context, windowTokens };
}

/** The same where the vendor's name of the model is at hand. */
export function translationContextOf(
  exchange: Exchange,
  lease: AccountLease,
  upstreamModel: string,
): TranslationContext {
  return {
    requestId: exchange.request.requestId,
    createdAtSeconds: Math.floor(exchange.startedAtMs / MS_PER_SECOND),
    requestedModel: exchange.facts?.model ?? lease.model,
    routedModel: lease.model,
    upstreamModel,
    clientFormat: exchange.request.format.id,
    ...(exchange.conversation && { history: exchange.conversation.facts }),
    dialect: lease.declaration.account.settings,
  };
}

/** Counts and logs what could not be said in the vendor's format. */
export function noteWarnings({ exchange, logger, lease }: PathOptions, warnings: readonly TranslationWarning[]): void {
  exchange.warnings = warnings.length;
  if (warnings.length === 0) return;
  logger.info('the request could not be said in full', {
    requestId: exchange.request.requestId,
    account: lease.declaration.account.id,
    upstreamFormat: exchange.attempt?.upstreamFormat,
    count: warnings.length,
    warnings: loggedWarnings(warnings),
  });
}
