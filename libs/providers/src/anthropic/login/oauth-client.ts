import type { JsonObject } from '@sluice/core';
import type { Account } from '@sluice/provider-kit';
import { settingsOf } from '../settings.js';

/** The public client that subscriptions are lent to; it has no secret. Seen 2026-08. */
export const CLIENT_ID = '9d1c250a-e61b-44d9-88ed-5944d1962f5e';
/** What a login asks for, and each renewal again. Seen 2026-08. */
export const SCOPE = 'user:profile user:inference user:sessions:claude_code user:mcp_servers user:file_upload';
/** The only place on this machine that the vendor sends a browser back to. */
export const CALLBACK = { ports: [54_545], path: '/callback', hostName: 'localhost' };

const AUTHORIZE_URL = 'https://claude.ai/oauth/authorize';
const TOKEN_URL = 'https://platform.claude.com/v1/oauth/token';

export function authorizeUrl(account: Account): string {
  return settingsOf(account).endpoints?.authorize ?? AUTHORIZE_URL;
}

export function tokenUrl(account: Account): string {
  return settingsOf(account).endpoints?.token ?? TOKEN_URL;
}

/** Whose login a token answer is about, as far as it says; an answer that says nothing changes nothing. */
export function accountDetails({ account, organization }: JsonObject): Readonly<Record<string, string>> {
  return {
    ...textAt(account, 'email_address', 'email'),
    ...textAt(account, 'uuid', 'accountId'),
    ...textAt(organization, 'uuid', 'organizationId'),
  };
}

function textAt(holder: unknown, member: string, name: string): Readonly<Record<string, string>> {
  const value = (holder as JsonObject | null | undefined)?.[member]; // of text, a number or an array it is undefined too
  return typeof value === 'string' && value !== '' ? { [name]: value } : {};
}
