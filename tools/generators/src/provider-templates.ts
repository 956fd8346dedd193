import type { ProviderName } from './provider-name.js';

export interface ProviderFacts extends ProviderName {
  /** Where the vendor's API is, with its version. */
  readonly baseUrl: string;
}

/** The files of a provider that speaks OpenAI's Chat Completions with a bearer token, by name. */
export function renderProvider(facts: ProviderFacts): ReadonlyMap<string, string> {
  const { id } = facts;
  return new Map([
    [`${id}.provider.ts`, renderClass(facts)],
    [`${id}.provider.spec.ts`, renderClassSpec(facts)],
    [`${id}.module.ts`, renderModule(facts)],
    [`${id}.module.spec.ts`, renderModuleSpec(facts)],
    ['index.ts', renderIndex(facts)],
  ]);
}

function renderClass({ id, className, displayName, baseUrl }: ProviderFacts): string {
  return `import type { FormatId } from '@sluice/core';
import {
  apiKeyCredential,
  baseUrlSetting,
  OpenAiStyle,
  ProviderPlugin,
  type Account,
  type Credential,
  type ModelInfo,
  type Provider,
  type ProviderDescriptor,
  type UpstreamCall,
  type UpstreamHttp,
  type UpstreamReply,
} from '@sluice/provider-kit';
import { z } from 'zod';

const BASE_URL = '${baseUrl}';

const ${className}Settings = z.strictObject({
  apiKey: z.string().min(1).describe('The key that the vendor gave you.'),
  baseUrl: baseUrlSetting().default(BASE_URL).describe('Everything before /chat/completions.'),
});
type ${className}Settings = z.infer<typeof ${className}Settings>;

/** ${displayName} by API key. It speaks OpenAI's Chat Completions. */
@ProviderPlugin()
export class ${className}Provider implements Provider {
  readonly descriptor: ProviderDescriptor = {
    id: '${id}',
    displayName: '${displayName}',
    credentials: ['api-key'],
    settings: ${className}Settings,
    secretSettings: ['apiKey'],
    readCredential: apiKeyCredential,
  };
  readonly #api: OpenAiStyle;

  constructor(http: UpstreamHttp) {
    this.#api = new OpenAiStyle({ http, baseUrlOf });
  }

  formats(): readonly FormatId[] {
    return ['openai-chat'];
  }

  send(call: UpstreamCall): Promise<UpstreamReply> {
    return this.#api.send(call);
  }

  listModels(account: Account, credential: Credential, signal: AbortSignal): Promise<readonly ModelInfo[]> {
    return this.#api.listModels(account, credential, signal);
  }
}

function baseUrlOf(account: Account): string {
  const settings = account.settings as ${className}Settings; // checked by the schema when the account was declared
  return settings.baseUrl;
}
`;
}

function renderClassSpec({ id, className, baseUrl }: ProviderFacts): string {
  return `import { UpstreamHttp } from '@sluice/provider-kit';
import { describeProviderConformance, type ScriptedReply } from '@sluice/provider-kit/conformance';
import { ${className}Provider } from './${id}.provider.js';

const JSON_TYPE = { 'content-type': 'application/json' };

/** OpenAI's shapes; what the vendor documents or was seen to send belongs in their place. */
const REPLIES = {
  success: { status: 200, headers: JSON_TYPE, chunks: ['{"id":"1","choices":[{"message":{"content":"hi"}}]}'] },
  stream: {
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    chunks: ['data: {"choices":[{"delta":{"content":"hi"}}]}\\n\\n', 'data: [DONE]\\n\\n'],
  },
  unauthorized: { status: 401, headers: JSON_TYPE, chunks: ['{"error":{"message":"no such key"}}'] },
  rateLimited: { status: 429, headers: { ...JSON_TYPE, 'retry-after': '7' }, chunks: ['{"error":{"message":"slow"}}'] },
  failure: { status: 503, headers: JSON_TYPE, chunks: ['{"error":{"message":"overloaded"}}'] },
} satisfies Record<string, ScriptedReply>;

const MODELS: ScriptedReply = {
  status: 200,
  headers: JSON_TYPE,
  chunks: ['{"object":"list","data":[{"id":"small","object":"model","created":1,"owned_by":"vendor"}]}'],
};

describe('${className}Provider', () => {
  describeProviderConformance({
    create: (http) => new ${className}Provider(http),
    settings: (origin) => ({ apiKey: 'key-of-the-operator', baseUrl: \`\${origin}/v1\` }),
    model: 'small',
    path: '/v1/chat/completions',
    auth: { authorization: 'Bearer key-of-the-operator' },
    replies: REPLIES,
    models: { path: '/v1/models', reply: MODELS, expected: [{ id: 'small', createdAt: 1, ownedBy: 'vendor' }] },
  });

  describe('settings', () => {
    const { settings, readCredential } = new ${className}Provider(new UpstreamHttp()).descriptor;

    it('default to the public API', () => {
      expect(settings.parse({ apiKey: 'k' })).toEqual({
        apiKey: 'k',
        baseUrl: '${baseUrl}',
      });
    });

    it('hold the credential', () => {
      expect(readCredential?.({ apiKey: 'k' })).toEqual({ kind: 'api-key', secret: 'k' });
    });
  });
});
`;
}

function renderModule({ id, className }: ProviderFacts): string {
  return `import { Module } from '@nestjs/common';
import { ProviderKitModule, UpstreamHttp } from '@sluice/provider-kit';
import { ${className}Provider } from './${id}.provider.js';

@Module({
  imports: [ProviderKitModule],
  providers: [
    {
      provide: ${className}Provider,
      useFactory: (http: UpstreamHttp) => new ${className}Provider(http),
      inject: [UpstreamHttp],
    },
  ],
  exports: [${className}Provider],
})
export class ${className}ProviderModule {}
`;
}

function renderModuleSpec({ id, className }: ProviderFacts): string {
  return `import { Test } from '@nestjs/testing';
import { ProviderRegistry } from '@sluice/provider-kit';
import { ${className}ProviderModule } from './${id}.module.js';
import { ${className}Provider } from './${id}.provider.js';

describe('${className}ProviderModule', () => {
  it('brings its provider into the registry', async () => {
    const app = await Test.createTestingModule({ imports: [${className}ProviderModule] }).compile();
    await app.init();

    expect(app.get(ProviderRegistry).get('${id}')).toBe(app.get(${className}Provider));
    await app.close();
  });
});
`;
}

function renderIndex({ id, className }: ProviderFacts): string {
  return `export { ${className}ProviderModule } from './${id}.module.js';
export { ${className}Provider } from './${id}.provider.js';
`;
}
