import { SystemClock, type Clock, type FormatId, type WireHeaders } from '@sluice/core';
import {
  callHeaders,
  endpointOf,
  forwardCallHeaders,
  joinUrl,
  ProviderPlugin,
  withLocation,
  type Account,
  type BroughtAccount,
  type CountCall,
  type Credential,
  type ForwardCall,
  type LoginProvider,
  type LoginStage,
  type LoginWish,
  type ModelInfo,
  type ProviderDescriptor,
  type StoredLogin,
  type UpstreamCall,
  type UpstreamHttp,
  type UpstreamReply,
} from '@sluice/provider-kit';
import { authHeaders } from './auth-headers.js';
import { listAnthropicModels } from './list-models.js';
import { logIn } from './login/log-in.js';
import { renewLogin } from './login/renew.js';
import { AnthropicSettings, readCredential, settingsOf, withoutProofs } from './settings.js';
import { withSystemPrefix } from './system-prefix.js';

const ENDPOINTS: Readonly<Partial<Record<FormatId, string>>> = { 'anthropic-messages': '/v1/messages' };

const COUNT_TOKENS = '/v1/messages/count_tokens';

/** Used where the client names none. @see https://docs.anthropic.com/en/api/versioning */
const DEFAULT_VERSION: WireHeaders = { 'anthropic-version': '2023-06-01' };

/**
 * Anthropic's Messages API by API key or by the login of a subscription, at Anthropic or at a vendor that speaks it too.
 * @see https://docs.anthropic.com/en/api/messages
 */
@ProviderPlugin()
export class AnthropicProvider implements LoginProvider {
  readonly descriptor: ProviderDescriptor = {
    id: 'anthropic',
    displayName: 'Anthropic',
    api: 'anthropic',
    documentation: 'https://docs.anthropic.com/en/api/messages',
    credentials: ['api-key', 'oauth'],
    settings: AnthropicSettings,
    secretSettings: ['apiKey', 'accessToken', 'refreshToken'],
    readCredential,
  };

  constructor(
    private readonly http: UpstreamHttp,
    private readonly clock: Clock = new SystemClock(),
  ) {}

  formats(): readonly FormatId[] {
    return ['anthropic-messages'];
  }

  send(call: UpstreamCall): Promise<UpstreamReply> {
    const { account, credential, cancellation, query, body } = call;
    const { baseUrl } = settingsOf(account);
    return this.http.send({
      method: 'POST',
      url: joinUrl(baseUrl, endpointOf(ENDPOINTS, call), query),
      headers: callHeaders(call, { defaults: DEFAULT_VERSION, auth: authHeaders(baseUrl, credential) }),
      body: withSystemPrefix(body, account, credential),
      transport: account.transport,
      cancellation,
    });
  }

  async forward(call: ForwardCall): Promise<UpstreamReply> {
    const { account, credential, cancellation, method, path, query, body } = call;
    const { baseUrl } = settingsOf(account);
    const own = { defaults: DEFAULT_VERSION, auth: authHeaders(baseUrl, credential) };
    const url = joinUrl(baseUrl, path, query);
    const reply = await this.http.send({
      method,
      url,
      headers: forwardCallHeaders(call, 'anthropic', own),
      body,
      transport: account.transport,
      cancellation,
    });
    return withLocation(reply, { url, path });
  }

  /** @see https://docs.anthropic.com/en/api/messages-count-tokens */
  countTokens(call: CountCall): Promise<UpstreamReply> {
    const { account, credential, cancellation, query, body } = call;
    const { baseUrl } = settingsOf(account);
    return this.http.send({
      method: 'POST',
      url: joinUrl(baseUrl, COUNT_TOKENS, query),
      headers: callHeaders(
        { ...call, stream: false },
        { defaults: DEFAULT_VERSION, auth: authHeaders(baseUrl, credential) },
      ),
      body: withSystemPrefix(body, account, credential),
      transport: account.transport,
      cancellation,
    });
  }

  refreshCredential(credential: Credential, account: Account, signal: AbortSignal): Promise<Credential> {
    return renewLogin({ http: this.http, account, credential, signal, nowMs: this.clock.now() });
  }

  /**
   * Logs a person in with a subscription.
   * @throws LoginFailure, GatewayError; the signal's reason
   */
  logIn(wish: LoginWish, stage: LoginStage): Promise<StoredLogin> {
    return logIn(wish, { ...stage, http: this.http, clock: this.clock });
  }

  /** What another account with the same hosts says; nothing of what it proves itself with. */
  settingsLike({ settings }: Account): BroughtAccount['settings'] {
    return { ...withoutProofs(settings), login: true };
  }

  listModels(account: Account, credential: Credential, signal: AbortSignal): Promise<readonly ModelInfo[]> {
    const { baseUrl } = settingsOf(account);
    const headers = { ...DEFAULT_VERSION, ...authHeaders(baseUrl, credential) };
    return listAnthropicModels({ http: this.http, account, baseUrl, headers, signal });
  }
}
