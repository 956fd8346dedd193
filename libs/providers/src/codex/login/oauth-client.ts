import { joinUrl, type Account } from '@sluice/provider-kit';
import { settingsOf } from '../settings.js';

/** The public client of the vendor's own program; it has no secret. Seen 2026-08. */
export const CLIENT_ID = 'app_EMoamEEZ73f0CkXaXp7hrann';
export const SCOPE = 'openid email profile offline_access';
/** A renewal asks for less. */
export const RENEWAL_SCOPE = 'openid profile email';
/** The only place on this machine that the vendor sends a browser back to. */
export const CALLBACK = { ports: [1_455], path: '/auth/callback', hostName: 'localhost' };

const AUTH = 'https://auth.openai.com';

export function authUrl(account: Account, path: string): string {
  return joinUrl(settingsOf(account).endpoints?.auth ?? AUTH, path);
}

export const AUTHORIZE_PATH = '/oauth/authorize';
export const TOKEN_PATH = '/oauth/token';
