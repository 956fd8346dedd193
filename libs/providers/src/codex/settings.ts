import { baseUrlSetting, type Account } from '@sluice/provider-kit';
import { z } from 'zod';

/** An account of a ChatGPT plan. Without a token it is a login from the credential store. */
export const CodexSettings = z.strictObject({
  accessToken: z.string().min(1).optional().describe('A token of the plan; alone it is used until it has run out.'),
  refreshToken: z.string().min(1).optional().describe('Renews the access token.'),
  accountId: z
    .string()
    .min(1)
    .optional()
    .describe('The ChatGPT account that is called for. Default: what the tokens say.'),
  originator: z.string().min(1).default('codex_cli_rs').describe('Which family of programs the calls belong to.'),
  baseUrl: baseUrlSetting()
    .default('https://chatgpt.com/backend-api/codex')
    .describe('With everything before /responses.'),
  endpoints: z
    .strictObject({
      auth: baseUrlSetting().optional().describe('Where people log in. Default: https://auth.openai.com'),
    })
    .optional()
    .describe('Other hosts of a login than the vendor’s own.'),
});
export type CodexSettings = z.infer<typeof CodexSettings>;

/** What an account says of its own login. */
const LOGIN_MEMBERS: ReadonlySet<string> = new Set(['accessToken', 'refreshToken', 'accountId']);

/** What an account says of hosts and habits, and nothing of its login. */
export function withoutLogin(settings: Account['settings']): Account['settings'] {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !LOGIN_MEMBERS.has(name)));
}

export function settingsOf(account: Account): CodexSettings {
  return account.settings as CodexSettings; // checked by the schema when the account was declared
}
