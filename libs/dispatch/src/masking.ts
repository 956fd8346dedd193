import type { AccountLease } from '@sluice/accounts';
import { GatewayError } from '@sluice/core';
import { maskerOf, maskMembers, WordMask, type Masker } from '@sluice/shaping';
import { parseRequestBody } from '@sluice/translator-kit';
import type { Exchange } from './exchange.js';
import type { PathOptions } from './path-options.js';

/**
 * What masks the words that an account's vendor may not read; undefined = it may read all.
 * @param lease absent = somebody who is no account: the words of all accounts
 */
export function maskerFor({ snapshot }: Exchange, lease?: AccountLease): Masker | undefined {
  const { masking } = snapshot.settings;
  if (masking === undefined) return undefined;
  return maskerOf({ all: masking.words, own: lease?.declaration.maskedWords, key: masking.key });
}

/** For a body that would pass as it is; undefined = it may. */
export function maskFor(exchange: Exchange, lease: AccountLease, body: Buffer): WordMask | undefined {
  const masker = maskerFor(exchange, lease);
  return masker?.mayOccurIn(body) === true ? new WordMask(masker) : undefined;
}

/** For one call; undefined = nothing is masked for its account. */
export function openMask({ exchange, lease }: PathOptions): WordMask | undefined {
  const masker = maskerFor(exchange, lease);
  return masker === undefined ? undefined : new WordMask(masker);
}

/** Says how many words were masked, and never which. */
export function noteMasking({ exchange, lease, logger }: PathOptions, { count }: WordMask): void {
  if (count === 0) return;
  const { requestId } = exchange.request;
  logger.debug('words were masked for the vendor', { requestId, account: lease.declaration.account.id, count });
}

/**
 * Whether the client's bytes may go to the account as they are. Texts to be embedded can be masked in them, for their answer
 * has none.
 */
export function mayPassUnmasked(exchange: Exchange, lease: AccountLease, body: Buffer): boolean {
  return exchange.request.format.client?.embeddings !== undefined || maskFor(exchange, lease, body) === undefined;
}

/** The options of a call that passes; its texts are masked where a word is among them. */
export function withMaskedTexts(options: PathOptions): PathOptions {
  const { call, exchange, lease } = options;
  const mask = maskFor(exchange, lease, call.body);
  if (mask === undefined) return options;
  const body = Buffer.from(JSON.stringify(maskMembers(parseRequestBody(call.body), mask)));
  noteMasking(options, mask);
  return { ...options, call: { ...call, body } };
}

/** The answer when a request with masked words could only pass as it is. */
export function cannotMask({ facts, request }: Exchange, accountId: string): GatewayError {
  return new GatewayError({
    kind: 'unsupported_translation',
    message:
      `The request holds words that the account "${accountId}" may not be sent, and for ${facts?.model ?? 'this model'} they ` +
      `cannot be masked in the format ${request.format.displayName}. Use another route, or take the words out.`,
  });
}
