import { z } from '@sluice/provider-kit';
import { AUTH_METHOD_NAMES } from './login/auth-method.js';
import { SHORTENED } from './login/read-login.js';
import { REGION } from './regions.js';

const PROFILE_ARN = /^arn:[\w-]+:codewhisperer:[a-z0-9-]+:\d{12}:profile\/\S+$/;

/** The ways in which inference can be asked for. */
export const ENDPOINT_NAMES = ['ide', 'cli', 'runtime'] as const;
export type EndpointName = (typeof ENDPOINT_NAMES)[number];

const region = () => z.string().regex(REGION, { error: 'must be a region like us-east-1' });

const path = () => z.string().min(1);

const token = () =>
  z
    .string()
    .min(1)
    .refine((value) => !value.includes(SHORTENED), { error: 'is shortened with "..."; the whole token is needed' });

/** Who an account is, and how it proves it. */
export const credentialSettings = {
  credentialsFile: path()
    .optional()
    .describe(
      "kiro-rs's credentials.json: one login, or a list of which each becomes an account. Renewed tokens are written back.",
    ),
  sqliteFile: path()
    .optional()
    .describe("kiro-cli's database, as in ~/.local/share/kiro-cli/data.sqlite3. Only read unless writeBack is true."),
  tokenFile: path()
    .optional()
    .describe(
      "The token cache of Kiro's editor, as in ~/.aws/sso/cache/kiro-auth-token.json. Only read unless writeBack is true.",
    ),
  writeBack: z
    .boolean()
    .optional()
    .describe(
      'Whether renewed tokens go back into sqliteFile or tokenFile, which belong to other programs. For sqliteFile it needs Node.js 22.5 or later. Default: false.',
    ),
  apiKey: token().optional().describe('A key of Kiro, ksk_…: sent as it is, never renewed.'),
  accessToken: token().optional().describe('Sent as it is. Without a refresh token it ends with its hour.'),
  refreshToken: token().optional().describe('From a login in the editor or the command line.'),
  authMethod: z
    .preprocess((name) => (typeof name === 'string' ? name.toLowerCase() : name), z.enum(AUTH_METHOD_NAMES))
    .optional()
    .describe(
      'Who renews the login: "social" (Google, GitHub), "idc" (Builder ID, IAM Identity Center) or "external_idp" (Entra ID). Default: "idc" where a client with its secret is named.',
    ),
  clientId: z.string().min(1).optional().describe('The OIDC client that the refresh token belongs to.'),
  clientSecret: z.string().min(1).optional(),
  tokenEndpoint: z
    .url({ protocol: /^https$/ })
    .optional()
    .describe('Where an external identity provider renews.'),
  scope: z.string().min(1).optional().describe('What an external identity provider is asked for.'),
  startUrl: z
    .url()
    .optional()
    .describe("Of single sign-on; Builder ID's tells its logins from those of an organisation."),
  region: region().optional().describe('Of the login, and of the API where nothing else is known. Default: us-east-1.'),
  authRegion: region().optional().describe('Of the login, where it differs.'),
  apiRegion: region().optional().describe("Of inference. Default: the profile's region, else the nearest to `region`."),
  profileArn: z
    .string()
    .regex(PROFILE_ARN, { error: 'must look like arn:aws:codewhisperer:us-east-1:123456789012:profile/ABC' })
    .optional()
    .describe('Default: what the login says, else what the vendor lists for it.'),
  machineId: z.string().min(1).optional().describe('64 hexadecimal digits or a UUID. Default: derived from the login.'),
};

/** How an account asks. */
export const endpointSettings = {
  endpoint: z
    .union([z.enum(ENDPOINT_NAMES), z.array(z.enum(ENDPOINT_NAMES)).min(1)])
    .optional()
    .describe(
      'How inference is asked for, first choice first: as the editor does, as the command line does, or at the newer host. Default: ide, then runtime; cli, then runtime for keys and for logins without a profile.',
    ),
  kiroVersion: z.string().min(1).optional().describe('What the user agent says of the editor. Default: 0.9.2.'),
  nodeVersion: z.string().min(1).optional().describe('Default: 22.21.1.'),
  systemVersion: z.string().min(1).optional().describe('Default: darwin#24.6.0.'),
};
