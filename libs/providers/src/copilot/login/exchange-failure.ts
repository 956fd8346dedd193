import { headerValue, isJsonObject, type JsonObject } from '@sluice/core';
import { GatewayError, rateLimitHints, replyFailure, retryAfterMs, type JsonReply } from '@sluice/provider-kit';

/** The vendor's words to the person are a sentence or two. */
const SHOWN_CHARACTERS = 200;
const NO_ACCESS_STATUSES: ReadonlySet<number> = new Set([200, 403, 404]);

/**
 * Why GitHub gives no token of Copilot: the login is dead (401), it has no access to Copilot (403, 404, or a token that is not
 * for chats), too much was asked (also a 403 there), or GitHub is unwell.
 */
export function exchangeFailure(reply: JsonReply, nowMs: number): GatewayError {
  const { status } = reply;
  const limited = limitedMs(reply, nowMs);
  if (status === 429 || (status === 403 && limited !== undefined)) {
    return new GatewayError({
      kind: 'upstream_rate_limited',
      message: 'GitHub gives no more tokens of Copilot for now.',
      ...(limited === undefined ? {} : { retryAfterMs: limited }),
      upstream: { status, message: `HTTP ${status}` },
    });
  }
  if (status === 401) {
    return refusal(
      status,
      'must log in again: GitHub refuses its token. Run "npx sluice login copilot --account <id>".',
    );
  }
  if (NO_ACCESS_STATUSES.has(status)) {
    return refusal(status, `has no access to Copilot${reasonOf(reply)} See https://github.com/settings/copilot.`);
  }
  return replyFailure(reply, 'a token of Copilot');
}

function refusal(status: number, what: string): GatewayError {
  return new GatewayError({
    kind: 'upstream_auth_failed',
    message: `The GitHub account ${what}`,
    upstream: { status, message: `HTTP ${status}` },
  });
}

/** GitHub says 403 to those who ask too often, too. @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function limitedMs({ headers }: JsonReply, nowMs: number): number | undefined {
  const after = retryAfterMs(headers, nowMs);
  if (after !== undefined) return after;
  if (headerValue(headers, 'x-ratelimit-remaining')?.trim() !== '0') return undefined;
  return rateLimitHints(headers, nowMs)?.spent?.resetAfterMs;
}

/** Of the whole answer only the member that is written for the person. */
function reasonOf({ value }: JsonReply): string {
  const details: JsonObject = isJsonObject(value) && isJsonObject(value['error_details']) ? value['error_details'] : {};
  const { message } = details;
  return typeof message === 'string' && message !== '' ? `: ${message.slice(0, SHOWN_CHARACTERS)}` : '.';
}
