import { isJsonObject, type JsonObject, type Logger } from '@sluice/core';
import { GatewayError, positiveNumber, type Credential } from '@sluice/provider-kit';
import { isTrustedBase } from '../hosts.js';
import { settingsOf } from '../settings.js';
import { askGithub, type GithubQuestion } from './ask-github.js';
import { exchangeFailure } from './exchange-failure.js';

const MS_PER_SECOND = 1_000;
/** The vendor's own editor asks for the next token so long before it is told to. */
export const EARLY_MS = 60_000;
/** The gateway begins to renew so long before a credential expires (`REFRESH_AHEAD_MS` of the accounts). */
export const RENEWAL_LEAD_MS = 300_000;
/** Tokens are never asked for more often, whatever the vendor says. */
export const MIN_REFRESH_MS = 120_000;

export interface TokenExchange extends GithubQuestion {
  readonly nowMs: number;
  readonly logger: Logger;
}

/**
 * A new token of Copilot for the GitHub token of a login. It is no OAuth renewal: the GitHub token stays, and the exchange can
 * be repeated at any time.
 * @throws GatewayError `upstream_auth_failed` when the login is dead or has no access to Copilot; else why not now
 */
export async function exchangeToken(exchange: TokenExchange): Promise<Credential> {
  const { account, credential, nowMs, logger } = exchange;
  const reply = await askGithub('/copilot_internal/v2/token', exchange);
  const answer = isJsonObject(reply.value) ? reply.value : {};
  const { token } = answer;
  if (reply.status !== 200 || answer['chat_enabled'] === false) throw exchangeFailure(reply, nowMs);
  if (typeof token !== 'string' || token === '') {
    throw new GatewayError({ kind: 'upstream_invalid_response', message: 'GitHub gave an answer without a token.' });
  }
  const { endsAtMs, expiresAtMs } = timesOf(answer, nowMs);
  const told = apiBaseOf(answer);
  const isTrusted = told !== undefined && isTrustedBase(told, settingsOf(account));
  if (told !== undefined && !isTrusted && settingsOf(account).baseUrl === undefined) {
    logger.warn("GitHub named a host for Copilot that is not one of its own; the plan's usual host is used", {
      accountId: account.id,
      host: URL.canParse(told) ? new URL(told).hostname : 'no address', // the rest of it may hold a login
    });
  }
  return {
    kind: 'oauth',
    secret: token,
    expiresAtMs,
    details: {
      ...withoutFormerBase(credential.details),
      endsAtMs: String(endsAtMs),
      ...(isTrusted ? { apiBaseUrl: told } : {}),
    },
  };
}

interface TokenTimes {
  readonly endsAtMs: number;
  readonly expiresAtMs: number;
}

/** What the vendor says relative to now counts before a date: our clock may be wrong. */
function timesOf(answer: JsonObject, nowMs: number): TokenTimes {
  const refreshSeconds = positiveNumber(answer, 'refresh_in');
  const endSeconds = positiveNumber(answer, 'expires_at');
  if (refreshSeconds !== undefined) {
    const refreshMs = Math.max(refreshSeconds * MS_PER_SECOND - EARLY_MS, MIN_REFRESH_MS);
    const expiresAtMs = nowMs + refreshMs + RENEWAL_LEAD_MS;
    return { expiresAtMs, endsAtMs: endSeconds === undefined ? expiresAtMs : endSeconds * MS_PER_SECOND };
  }
  if (endSeconds === undefined) {
    throw new GatewayError({ kind: 'upstream_invalid_response', message: 'GitHub gave a token without an end.' });
  }
  const endsAtMs = endSeconds * MS_PER_SECOND;
  return { endsAtMs, expiresAtMs: endsAtMs - EARLY_MS };
}

/** A plan can change: what an earlier token was for is no longer true. */
function withoutFormerBase(details: Credential['details'] = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(details).filter(([name]) => name !== 'apiBaseUrl'));
}

function apiBaseOf({ endpoints }: JsonObject): string | undefined {
  const api = isJsonObject(endpoints) ? endpoints['api'] : undefined;
  return typeof api === 'string' && api !== '' ? api : undefined;
}
