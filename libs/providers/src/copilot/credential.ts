import { createHash } from 'node:crypto';
import { GatewayError, type Credential } from '@sluice/provider-kit';
import type { CopilotSettings } from './settings.js';

/** Hexadecimal digits that tell one login from another. */
const SEED_DIGITS = 16;

/** What a credential of this provider keeps beside the token of Copilot. All text. */
export interface CopilotDetails {
  /** What tokens of Copilot are given for. */
  readonly githubToken: string;
  /** Recognises the login without repeating it. */
  readonly seed: string;
  /** Where GitHub says that Copilot is. */
  readonly apiBaseUrl?: string;
  /** The name of the GitHub account. */
  readonly login?: string;
  readonly plan?: string;
  /** The vendor's own end of the token; milliseconds since the epoch. */
  readonly endsAtMs?: string;
}

/** The credential that the settings declare: its token has run out already, so one is asked for before the first call. */
export function readCredential(settings: Readonly<Record<string, unknown>>): Credential | undefined {
  const { githubToken } = settings as CopilotSettings; // checked by the schema when the account was declared
  return githubToken === undefined ? undefined : credentialWithoutToken({ githubToken });
}

/** A GitHub login that has no token of Copilot yet. */
export function credentialWithoutToken(details: Omit<CopilotDetails, 'seed'>): Credential {
  return { kind: 'oauth', secret: '', expiresAtMs: 0, details: { ...details, seed: seedOf(details.githubToken) } };
}

/** @throws GatewayError `upstream_auth_failed` when there is none */
export function githubTokenOf({ details }: Credential): string {
  const token = details?.['githubToken'];
  if (token !== undefined && token !== '') return token;
  throw new GatewayError({
    kind: 'upstream_auth_failed',
    message: 'The GitHub Copilot account must log in again: its login has no GitHub token.',
  });
}

function seedOf(githubToken: string): string {
  return createHash('sha256').update(githubToken).digest('hex').slice(0, SEED_DIGITS);
}
