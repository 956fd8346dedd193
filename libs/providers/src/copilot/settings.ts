import { baseUrlSetting, z, type Account } from '@sluice/provider-kit';

/** Where people have their accounts, unless their company has a tenant of its own. */
export const GITHUB_HOST = 'github.com';

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;
/** What may stand in a header. */
const headerText = () => z.string().regex(/^[\x21-\x7e]+$/, { error: 'must be printable ASCII without blanks' });

/** An account of GitHub Copilot. Everything may be absent: then it is a login from the credential store. */
export const CopilotSettings = z.strictObject({
  githubToken: z
    .string()
    .min(1)
    .optional()
    .describe('The token of a GitHub login (gho_…, ghu_…). Absent = the login of "npx sluice login copilot".'),
  githubHost: z
    .string()
    .regex(HOST_NAME, { error: 'must be the name of a host, as in acme.ghe.com' })
    .optional()
    .describe('Where the GitHub account is. Default: github.com.'),
  baseUrl: baseUrlSetting()
    .optional()
    .describe('Where Copilot is asked. Absent = where GitHub says for the plan of the account.'),
  endpoints: z
    .strictObject({
      login: baseUrlSetting().optional().describe('Default: https://<githubHost>'),
      api: baseUrlSetting().optional().describe('Default: https://api.<githubHost>'),
    })
    .optional()
    .describe('Other hosts of GitHub than its own.'),
  editorVersion: headerText().optional().describe('The editor that calls are made as. Default: vscode/1.104.1.'),
  pluginVersion: headerText().optional().describe('Its plug-in. Default: copilot-chat/0.26.7.'),
  integrationId: headerText().optional().describe('Which integration of Copilot it is. Default: vscode-chat.'),
  apiVersion: headerText().optional().describe('The dated version of the API. Default: 2025-04-01.'),
  splitChoices: z
    .array(z.string().min(1))
    .default(['claude'])
    .describe(
      'How the names of models begin whose chat completions spread one answer over several choices: they are put together.',
    ),
});
export type CopilotSettings = z.infer<typeof CopilotSettings>;

/** The settings of an account of this provider; of one that nobody has declared, for a login, none is there. */
export function settingsOf(account: Account): Partial<CopilotSettings> {
  return account.settings as Partial<CopilotSettings>; // checked by the schema when the account was declared
}
