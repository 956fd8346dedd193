import { baseUrlSetting, z } from '@sluice/provider-kit';

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;
const PROFILE_ARN = /^arn:[\w-]+:codewhisperer:[a-z0-9-]+:\d{12}:profile\/\S+$/;

/** How Kiro's editor shortens a token on its screen, from where people copy it. */
const SHORTENED = '...';

/** The last two are older names of `idc`. */
const AUTH_METHODS = ['social', 'idc', 'builder-id', 'iam'] as const;

const region = () => z.string().regex(REGION, { error: 'must be a region like us-east-1' });

const token = () =>
  z
    .string()
    .min(1)
    .refine((value) => !value.includes(SHORTENED), { error: 'is shortened with "..."; the whole token is needed' });

/** An account of Kiro. Everything may be absent: then it is a login from the credential store. */
export const KiroSettings = z.strictObject({
  accessToken: token().optional().describe('Sent as it is. Without a refresh token it ends with its hour.'),
  refreshToken: token().optional().describe('From a login in the editor or the command line.'),
  authMethod: z
    .preprocess((name) => (typeof name === 'string' ? name.toLowerCase() : name), z.enum(AUTH_METHODS))
    .optional()
    .describe(
      'Who renews the login: "social" (Google, GitHub) or "idc" (Builder ID, IAM Identity Center). Default: "idc" where a client is named.',
    ),
  clientId: z.string().min(1).optional().describe('The OIDC client that the refresh token belongs to.'),
  clientSecret: z.string().min(1).optional(),
  region: region().optional().describe('Of the login, and of the API where nothing else is known. Default: us-east-1.'),
  authRegion: region().optional().describe('Of the login, where it differs.'),
  apiRegion: region().optional().describe("Of inference. Default: the profile's region, else the nearest to `region`."),
  profileArn: z
    .string()
    .regex(PROFILE_ARN, { error: 'must look like arn:aws:codewhisperer:us-east-1:123456789012:profile/ABC' })
    .optional(),
  machineId: z.string().min(1).optional().describe('64 hexadecimal digits or a UUID. Default: derived from the login.'),
  maxRequestBodyBytes: z
    .int()
    .nonnegative()
    .optional()
    .describe('Larger requests are refused before they are sent; 0 = no limit. Default: 400000.'),
  endpoints: z
    .strictObject({
      inference: baseUrlSetting().optional().describe('Default: https://q.<apiRegion>.amazonaws.com'),
      management: baseUrlSetting().optional().describe('Model list. Default: as inference.'),
      socialAuth: baseUrlSetting().optional().describe('Default: https://prod.us-east-1.auth.desktop.kiro.dev'),
      oidc: baseUrlSetting().optional().describe('Default: https://oidc.<authRegion>.amazonaws.com'),
    })
    .optional()
    .describe('Other hosts than the vendor’s own.'),
});
export type KiroSettings = z.infer<typeof KiroSettings>;
