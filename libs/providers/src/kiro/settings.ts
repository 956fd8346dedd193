import { baseUrlSetting, z } from '@sluice/provider-kit';
import { credentialSettings, endpointSettings } from './credential-settings.js';
import type { CredentialOrigin } from './sources/kiro-credential-source.js';

/** Each says where the login is; two of them would be two logins. */
const LOGIN_MEMBERS = ['credentialsFile', 'sqliteFile', 'tokenFile', 'apiKey', 'refreshToken'] as const;

/** What the format reads: it decides how requests are made and how answers are told. */
const formatSettings = {
  maxRequestBodyBytes: z
    .int()
    .nonnegative()
    .optional()
    .describe('Larger requests are refused before they are sent; 0 = no limit. Default: 400000.'),
  reasoning: z
    .strictObject({
      mode: z
        .enum(['auto', 'native', 'tags', 'off'])
        .optional()
        .describe(
          'How models are made to think: by their own members, by tags in the system prompt, by what each can ("auto"), or never. Default: auto.',
        ),
      always: z.boolean().optional().describe('Also where the client does not ask for it. Default: false.'),
      budgetTokens: z
        .int()
        .positive()
        .max(128_000)
        .optional()
        .describe('What a client gets that does not say how much. Default: 20000.'),
      handling: z
        .enum(['as_reasoning_content', 'remove', 'pass', 'strip_tags'])
        .optional()
        .describe(
          'What clients see of it: a part of its own, nothing, tags in the text, or bare text. Default: as_reasoning_content.',
        ),
    })
    .optional()
    .describe('How models think.'),
  thinkingSuffix: z
    .string()
    .optional()
    .describe('A model name that ends with it asks for thinking; empty = none does. Default: -thinking.'),
  thinkingFormat: z
    .enum(['thinking', 'think', 'reasoning_content'])
    .optional()
    .describe(
      'How thinking is shown: "think" in <think> tags in the text, "thinking" in <thinking> tags for OpenAI clients and as a block for Anthropic ones, "reasoning_content" as a part of its own. Default: a part of its own.',
    ),
  truncationRecovery: z
    .boolean()
    .optional()
    .describe(
      'Tell the client in a text, and the model in its next turn, that a tool call was cut off; else it is a failure. Default: true.',
    ),
  truncationRetry: z
    .boolean()
    .optional()
    .describe(
      'Where nothing of a cut answer has reached the client yet, also ask once more, with a note to the model. Default: true.',
    ),
  textToolCalls: z
    .boolean()
    .optional()
    .describe(
      'Make calls of what a model writes as a call into its text, where it makes no real one. Text is then held back from there on. Default: false.',
    ),
  splitWrites: z
    .boolean()
    .optional()
    .describe('Describe tools that write files as taking a few lines at a time. Default: true.'),
  strictSchemas: z
    .boolean()
    .optional()
    .describe('Send schemas of tools without anything that some hosts refuse. Default: false.'),
  cachePoints: z
    .boolean()
    .optional()
    .describe('Mark what may be cached; only hosts of the command line take it. Default: false.'),
  toolCompressionBytes: z
    .int()
    .nonnegative()
    .optional()
    .describe('Tools that are larger together lose explanations; 0 = never. Default: 0.'),
};

/** An account of Kiro. Everything may be absent: then it is a login from the credential store. */
export const KiroSettings = z
  .strictObject({
    ...credentialSettings,
    ...formatSettings,
    ...endpointSettings,
    endpoints: z
      .strictObject({
        inference: baseUrlSetting().optional().describe('Default: https://q.<apiRegion>.amazonaws.com'),
        runtime: baseUrlSetting()
          .optional()
          .describe('The newer host of inference. Default: https://runtime.<apiRegion>.kiro.dev'),
        management: baseUrlSetting().optional().describe('Model list, usage and profiles. Default: as inference.'),
        socialAuth: baseUrlSetting().optional().describe('Default: https://prod.us-east-1.auth.desktop.kiro.dev'),
        oidc: baseUrlSetting().optional().describe('Default: https://oidc.<authRegion>.amazonaws.com'),
      })
      .optional()
      .describe('Other hosts than the vendor’s own.'),
  })
  .superRefine((settings, context) => {
    const [first, second] = LOGIN_MEMBERS.filter((name) => settings[name] !== undefined);
    if (second === undefined) return;
    context.addIssue({
      code: 'custom',
      path: [second],
      message: `must not stand beside ${first}: they are two logins`,
    });
  });
export type KiroSettings = z.infer<typeof KiroSettings>;

/** What an account carries in the end: of a login that is kept elsewhere, where that is. Never declared by hand. */
export interface KiroAccountSettings extends KiroSettings {
  readonly origin?: CredentialOrigin;
  /** Of a key that stands in another program's file: where. It is sent as it is, so nothing has to be read again. */
  readonly keptIn?: CredentialOrigin;
  /** Which login was there when the account was declared. */
  readonly seed?: string;
}
