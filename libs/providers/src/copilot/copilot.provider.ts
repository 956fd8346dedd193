import { setTimeout as sleep } from 'node:timers/promises';
import { SilentLogger, SystemClock, type Clock, type FormatId, type Logger, type WireHeaders } from '@sluice/core';
import {
  bearer,
  callHeaders,
  endpointOf,
  joinUrl,
  ProviderPlugin,
  type Account,
  type Balance,
  type Credential,
  type FailedReply,
  type LoginProvider,
  type LoginStage,
  type LoginWish,
  type ModelInfo,
  type ProviderDescriptor,
  type StoredLogin,
  type UpstreamCall,
  type UpstreamFailure,
  type UpstreamHttp,
  type UpstreamReply,
} from '@sluice/provider-kit';
import { withoutMember } from '@sluice/streaming';
import { classifyReply } from './classify-reply.js';
import { readCredential } from './credential.js';
import { copilotBase } from './hosts.js';
import { copilotHeaders } from './identity-headers.js';
import { exchangeToken } from './login/exchange-token.js';
import { logIn } from './login/log-in.js';
import { formatsByName } from './models/formats-by-name.js';
import { listCopilotModels } from './models/list-models.js';
import { ModelMemory } from './models/model-memory.js';
import { bodyHeaders } from './requests/body-headers.js';
import { withSupportedBetas } from './requests/supported-betas.js';
import { CopilotSettings, settingsOf } from './settings.js';
import { getBalance } from './usage/get-balance.js';

const ENDPOINTS: Readonly<Partial<Record<FormatId, string>>> = {
  'anthropic-messages': '/v1/messages',
  'openai-chat': '/chat/completions',
  'openai-embeddings': '/embeddings',
  'openai-responses': '/responses',
};
const DEFAULT_VERSION: WireHeaders = { 'anthropic-version': '2023-06-01' };
const NO_DEFAULTS: WireHeaders = {};
/** The vendor's Responses refuse it. */
const SERVICE_TIER = 'service_tier';
/** A client that makes betas up must not fill the memory. */
const MAX_TOLD_BETAS = 100;

/**
 * GitHub Copilot by a GitHub login, as the chat of its editor plug-in speaks to it. Chat Completions, Responses and Anthropic's
 * Messages, as the vendor's list says of each model.
 * @see https://docs.github.com/en/copilot
 */
@ProviderPlugin()
export class CopilotProvider implements LoginProvider {
  readonly descriptor: ProviderDescriptor = {
    id: 'copilot',
    displayName: 'GitHub Copilot',
    documentation: 'https://docs.github.com/en/copilot',
    credentials: ['oauth'],
    settings: CopilotSettings,
    secretSettings: ['githubToken'],
    readCredential,
  };

  readonly #models = new ModelMemory();
  /** Betas that have been told to the operator. */
  readonly #toldBetas = new Set<string>();

  constructor(
    private readonly http: UpstreamHttp,
    private readonly clock: Clock = new SystemClock(),
    private readonly logger: Logger = new SilentLogger(),
  ) {}

  formats(model: string, account: Account): readonly FormatId[] {
    return this.#models.formatsOf(account.id, model) ?? formatsByName(model);
  }

  send(call: UpstreamCall): Promise<UpstreamReply> {
    const { account, credential, cancellation, format, query } = call;
    const body = format === 'openai-responses' ? withoutMember(call.body, SERVICE_TIER) : call.body;
    return this.http.send({
      method: 'POST',
      url: joinUrl(copilotBase(account, credential), endpointOf(ENDPOINTS, call), query),
      // the operator's headers are among the latter, and win
      headers: { ...bodyHeaders(format, body), ...this.#steadyHeaders(call) },
      body,
      transport: account.transport,
      cancellation,
    });
  }

  classify(reply: FailedReply): UpstreamFailure | undefined {
    return classifyReply(reply);
  }

  refreshCredential(credential: Credential, account: Account, signal: AbortSignal): Promise<Credential> {
    const { http, logger } = this;
    return exchangeToken({ http, account, credential, signal, nowMs: this.clock.now(), logger });
  }

  async listModels(account: Account, credential: Credential, signal: AbortSignal): Promise<readonly ModelInfo[]> {
    const models = await listCopilotModels({ http: this.http, account, credential, signal });
    this.#models.note(account.id, models);
    return models.map(({ info }) => info);
  }

  /** By GitHub's device flow. @throws LoginFailure, GatewayError; the signal's reason */
  logIn(wish: LoginWish, stage: LoginStage): Promise<StoredLogin> {
    const { http, clock, logger } = this;
    const pause = (ms: number, end: AbortSignal): Promise<unknown> => sleep(ms, undefined, { signal: end });
    return logIn(wish, { ...stage, http, clock, pause }, logger);
  }

  /** What is left of the plan; undefined = nothing in it is counted. @throws GatewayError */
  balance(account: Account, credential: Credential, signal: AbortSignal): Promise<Balance | undefined> {
    return getBalance({ http: this.http, account, credential, signal });
  }

  /** Equal for most calls of an account, and remembered. */
  #steadyHeaders(call: UpstreamCall): WireHeaders {
    const { headers, dropped } = withSupportedBetas(call.headers);
    for (const beta of dropped) this.#tellOnce(beta, call.account);
    return callHeaders(headers === call.headers ? call : { ...call, headers }, {
      defaults: call.format === 'anthropic-messages' ? DEFAULT_VERSION : NO_DEFAULTS,
      auth: { ...copilotHeaders(settingsOf(call.account)), ...bearer(call.credential) },
    });
  }

  #tellOnce(beta: string, { id: accountId }: Account): void {
    if (this.#toldBetas.size >= MAX_TOLD_BETAS || this.#toldBetas.has(beta)) return;
    this.#toldBetas.add(beta);
    this.logger.info('GitHub Copilot does not take a beta that clients ask for; it is left out', { accountId, beta });
  }
}
