import { apiKeyCredential, baseUrlSetting, declaredOAuth, type Account, type Credential } from '@sluice/provider-kit';
import { z } from 'zod';

/** Each says what the account proves itself with; two of them would be two accounts. */
const PROOFS = ['apiKey', 'accessToken', 'refreshToken', 'login'] as const;
/** An access token may come with what renews it. */
const ONE_LOGIN = new Set<string>(['accessToken', 'refreshToken']);

/** An account of Anthropic. Without a key or a token it is a login from the credential store. */
export const AnthropicSettings = z
  .strictObject({
    apiKey: z.string().min(1).optional().describe('A key of https://console.anthropic.com/settings/keys.'),
    login: z
      .literal(true)
      .optional()
      .describe(
        'The subscription of whoever ran "npx sluice login anthropic"; also without this where nothing else is named.',
      ),
    accessToken: z.string().min(1).optional().describe('A token of a subscription, as "claude setup-token" gives it.'),
    refreshToken: z.string().min(1).optional().describe('Renews the access token of a subscription.'),
    systemPrefix: z
      .string()
      .min(1)
      .optional()
      .describe('With a subscription: put before every system prompt, as a block of its own. Default: nothing.'),
    baseUrl: baseUrlSetting().default('https://api.anthropic.com').describe('Without /v1.'),
    endpoints: z
      .strictObject({
        authorize: baseUrlSetting()
          .optional()
          .describe('The page to log in at. Default: https://claude.ai/oauth/authorize'),
        token: baseUrlSetting().optional().describe('Default: https://platform.claude.com/v1/oauth/token'),
      })
      .optional()
      .describe('Other hosts of a login than the vendor’s own.'),
  })
  .superRefine((settings, context) => {
    const [first, second] = PROOFS.filter((name) => settings[name] !== undefined);
    if (first === undefined || second === undefined || (ONE_LOGIN.has(first) && ONE_LOGIN.has(second))) return;
    context.addIssue({
      code: 'custom',
      path: [second],
      message: `must not stand beside ${first}: an account has one of ${PROOFS.join(', ')}`,
    });
  });
export type AnthropicSettings = z.infer<typeof AnthropicSettings>;

/** What an account says of hosts and habits, and nothing of what it proves itself with. */
export function withoutProofs(settings: Account['settings']): Account['settings'] {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !(PROOFS as readonly string[]).includes(name)));
}

export function settingsOf(account: Account): AnthropicSettings {
  return account.settings as AnthropicSettings; // checked by the schema when the account was declared
}

/** The key or the token that the settings declare; undefined = the credential store has the login. */
export function readCredential(settings: Readonly<Record<string, unknown>>): Credential | undefined {
  const declared = settings as AnthropicSettings; // the same
  return declared.apiKey === undefined ? declaredOAuth(declared) : apiKeyCredential(declared);
}
