import { SystemClock, type Clock } from '@sluice/core';
import {
  bearer,
  callHeaders,
  GatewayError,
  joinUrl,
  mergeHeaders,
  ProviderPlugin,
  type Account,
  type Credential,
  type FailedReply,
  type FormatId,
  type ModelInfo,
  type Provider,
  type ProviderDescriptor,
  type UpstreamCall,
  type UpstreamFailure,
  type UpstreamHttp,
  type UpstreamReply,
  type WireHeaders,
} from '@sluice/provider-kit';
import { classifyReply, isExpired } from './classify-reply.js';
import { readCredential } from './credential.js';
import { controlBase, conversePath, runtimeBase } from './endpoints.js';
import { IdentitySource } from './identity-source.js';
import { listBedrockModels } from './list-models.js';
import { BedrockSettings } from './settings.js';
import { signRequest, type SignableRequest } from './sign-request.js';

const FORMAT: FormatId = 'bedrock-converse';

/** In signatures; the same for inference and for the model list. */
const SERVICE = 'bedrock';

const JSON_TYPE = 'application/json';

/** Unlike other vendors' streams it is not server-sent events. */
const STREAM_ACCEPT: WireHeaders = { accept: 'application/vnd.amazon.eventstream' };
const NO_DEFAULTS: WireHeaders = {};

/**
 * Amazon Bedrock's Converse, by API key or signed with an identity of AWS.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference.html
 */
@ProviderPlugin()
export class BedrockProvider implements Provider {
  readonly descriptor: ProviderDescriptor = {
    id: 'bedrock',
    displayName: 'Amazon Bedrock',
    documentation: 'https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference.html',
    credentials: ['api-key', 'aws'],
    settings: BedrockSettings,
    secretSettings: ['apiKey', 'secretAccessKey', 'sessionToken'],
    readCredential,
  };

  constructor(
    private readonly http: UpstreamHttp,
    private readonly clock: Clock = new SystemClock(),
    private readonly identities: IdentitySource = new IdentitySource(),
  ) {}

  formats(): readonly FormatId[] {
    return [FORMAT];
  }

  async send(call: UpstreamCall): Promise<UpstreamReply> {
    if (call.format !== FORMAT) throw wrongFormat(call);
    const { account, cancellation, body, stream } = call;
    const url = joinUrl(runtimeBase(settingsOf(account)), conversePath(call.model, stream), call.query);
    const reply = await this.http.send({
      method: 'POST',
      url,
      headers: await this.#headersOf(call, url),
      body,
      transport: account.transport,
      cancellation,
    });
    if (isExpired(reply.headers)) this.identities.forget(account);
    return reply;
  }

  classify(reply: FailedReply): UpstreamFailure | undefined {
    return classifyReply(reply);
  }

  listModels(account: Account, credential: Credential, signal: AbortSignal): Promise<readonly ModelInfo[]> {
    return listBedrockModels({
      http: this.http,
      account,
      baseUrl: controlBase(settingsOf(account)),
      headersFor: (url) => this.#proof(account, credential, { method: 'GET', url, headers: {} }),
      signal,
    });
  }

  /** The content type is signed as it will be sent; what else the operator adds is not signed, and wins. */
  async #headersOf(call: UpstreamCall, url: string): Promise<WireHeaders> {
    const { account, credential, body } = call;
    const defaults = call.stream ? STREAM_ACCEPT : NO_DEFAULTS;
    if (credential.kind === 'api-key') return callHeaders(call, { defaults, auth: bearer(credential) });
    const unsigned = callHeaders(call, { defaults, auth: {} });
    const type = unsigned['content-type'];
    const headers = { 'content-type': typeof type === 'string' ? type : JSON_TYPE };
    const proof = await this.#proof(account, credential, { method: 'POST', url, headers, body });
    return mergeHeaders(proof, unsigned);
  }

  async #proof(
    account: Account,
    credential: Credential,
    request: Pick<SignableRequest, 'method' | 'url' | 'headers' | 'body'>,
  ): Promise<WireHeaders> {
    if (credential.kind === 'api-key') return bearer(credential);
    const identity = await this.identities.identityOf(account, credential);
    const { region } = settingsOf(account);
    return signRequest({ ...request, service: SERVICE, region, identity, nowMs: this.clock.now() });
  }
}

function wrongFormat({ account, format }: UpstreamCall): GatewayError {
  return new GatewayError({
    kind: 'unsupported_translation',
    message: `The provider "${account.provider}" does not speak ${format}.`,
  });
}

function settingsOf(account: Account): BedrockSettings {
  return account.settings as BedrockSettings; // checked by the schema when the account was declared
}
