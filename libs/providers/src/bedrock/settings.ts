import { baseUrlSetting, z } from '@sluice/provider-kit';

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/** Bedrock's own limits. @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
const MAX_METADATA_ENTRIES = 16;
const MAX_METADATA_CHARS = 256;

const words = () => z.string().min(1);

/**
 * An account of Bedrock: by API key, by an access key, or (with neither) by whatever identity AWS's own default chain finds on
 * this machine.
 */
export const BedrockSettings = z
  .strictObject({
    region: z
      .string()
      .regex(REGION, { error: 'must be a region like us-east-1' })
      .describe('Where the models are asked.'),
    apiKey: words()
      .optional()
      .describe('A Bedrock API key, sent as a bearer token; AWS calls it AWS_BEARER_TOKEN_BEDROCK.'),
    accessKeyId: words().optional().describe('With secretAccessKey: requests are signed by it.'),
    secretAccessKey: words().optional(),
    sessionToken: words().optional().describe('Of a temporary access key.'),
    profile: words()
      .optional()
      .describe(
        "A profile of AWS's shared configuration. Without any key: the default chain, from environment to instance role.",
      ),
    baseUrl: baseUrlSetting().optional().describe('Default: https://bedrock-runtime.<region>.amazonaws.com'),
    controlUrl: baseUrlSetting().optional().describe('Model list. Default: https://bedrock.<region>.amazonaws.com'),
    guardrailConfig: z
      .strictObject({
        guardrailIdentifier: words(),
        guardrailVersion: words(),
        trace: z.enum(['enabled', 'disabled', 'enabled_full']).optional(),
      })
      .optional()
      .describe('The guardrail that every request passes.'),
    performanceConfig: z
      .strictObject({ latency: z.enum(['standard', 'optimized']) })
      .optional()
      .describe('How fast answers are wanted.'),
    requestMetadata: z
      .record(z.string().min(1).max(MAX_METADATA_CHARS), z.string().max(MAX_METADATA_CHARS))
      .refine((entries) => Object.keys(entries).length <= MAX_METADATA_ENTRIES, {
        error: `must not have more than ${MAX_METADATA_ENTRIES} entries`,
      })
      .optional()
      .describe("Words by which Bedrock's invocation logs can be searched."),
    additionalModelRequestFields: z
      .record(z.string(), z.json())
      .optional()
      .describe("Members in the words of the model's own vendor, added to every request."),
  })
  .refine(({ accessKeyId, secretAccessKey }) => (accessKeyId === undefined) === (secretAccessKey === undefined), {
    error: 'accessKeyId and secretAccessKey belong together',
    path: ['secretAccessKey'],
  })
  .refine(({ accessKeyId, sessionToken }) => sessionToken === undefined || accessKeyId !== undefined, {
    error: 'needs accessKeyId and secretAccessKey',
    path: ['sessionToken'],
  })
  .refine(({ apiKey, accessKeyId, profile }) => [apiKey, accessKeyId, profile].filter(isGiven).length <= 1, {
    error: 'give one of apiKey, accessKeyId and profile',
    path: ['apiKey'],
  });
export type BedrockSettings = z.infer<typeof BedrockSettings>;

function isGiven(value: unknown): boolean {
  return value !== undefined;
}
