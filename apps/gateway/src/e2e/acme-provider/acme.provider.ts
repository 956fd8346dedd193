import {
  apiKeyCredential,
  bearer,
  callHeaders,
  joinUrl,
  ProviderPlugin,
  z,
  type FormatId,
  type Provider,
  type ProviderDescriptor,
  type UpstreamCall,
  type UpstreamHttp,
  type UpstreamReply,
} from '@sluice/provider-kit';

/** Acme's chat API. @see https://acme.example/docs */
@ProviderPlugin()
export class AcmeProvider implements Provider {
  readonly descriptor: ProviderDescriptor = {
    id: 'acme',
    displayName: 'Acme',
    credentials: ['api-key'],
    settings: z.strictObject({ apiKey: z.string().min(1), baseUrl: z.url() }),
    secretSettings: ['apiKey'],
    readCredential: apiKeyCredential,
  };

  constructor(private readonly http: UpstreamHttp) {}

  formats(): readonly FormatId[] {
    return ['openai-chat'];
  }

  send(call: UpstreamCall): Promise<UpstreamReply> {
    return this.http.send({
      method: 'POST',
      url: joinUrl(String(call.account.settings['baseUrl']), '/v1/chat', call.query),
      headers: callHeaders(call, { auth: bearer(call.credential) }),
      body: call.body,
      transport: call.account.transport,
      cancellation: call.cancellation,
    });
  }
}
