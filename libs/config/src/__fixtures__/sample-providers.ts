import { baseUrlSetting, type Credential, type ProviderDescriptor } from '@sluice/provider-kit';
import { z } from 'zod';

function readApiKey({ apiKey }: Readonly<Record<string, unknown>>): Credential {
  return typeof apiKey === 'string' ? { kind: 'api-key', secret: apiKey } : { kind: 'none', secret: '' };
}

const wireApi = z.enum(['chat', 'responses', 'auto']).default('auto').describe('Which of the two APIs the server speaks.');
const streamUsage = z
  .boolean()
  .default(true)
  .describe('Ask for token counts in streams; false for servers that reject stream_options.');

/** Vendors with the members that the shipped ones have: this library must not know the real ones. */
export const SAMPLE_PROVIDERS: readonly ProviderDescriptor[] = [
  {
    id: 'openai',
    displayName: 'OpenAI',
    credentials: ['api-key'],
    secretSettings: ['apiKey'],
    settings: z.strictObject({
      apiKey: z.string().min(1).describe('The key that the vendor gave you.'),
      baseUrl: baseUrlSetting().default('https://api.openai.com/v1').describe('Where the API is; includes /v1.'),
      organization: z.string().min(1).optional().describe('Whom the calls are billed to.'),
      project: z.string().min(1).optional().describe('The project they are billed to.'),
      wireApi,
      streamUsage,
    }),
    readCredential: readApiKey,
  },
  {
    id: 'openai-compatible',
    displayName: 'OpenAI-compatible server',
    credentials: ['api-key', 'none'],
    secretSettings: ['apiKey'],
    settings: z.strictObject({
      apiKey: z.string().min(1).optional().describe('The key, if the server wants one.'),
      baseUrl: baseUrlSetting().describe('Where the API is; includes /v1.'),
      wireApi,
      streamUsage,
    }),
    readCredential: readApiKey,
  },
  {
    id: 'anthropic',
    displayName: 'Anthropic',
    credentials: ['api-key'],
    secretSettings: ['apiKey'],
    settings: z.strictObject({
      apiKey: z.string().min(1).describe('The key that the vendor gave you.'),
      baseUrl: baseUrlSetting().default('https://api.anthropic.com').describe('Where the API is; without /v1.'),
    }),
    readCredential: readApiKey,
  },
];
