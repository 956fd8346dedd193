import { setTimeout as sleep } from 'node:timers/promises';
import { SystemClock, type Clock, type FormatId, type WireHeaders } from '@sluice/core';
import {
  bearer,
  callHeaders,
  GatewayError,
  joinUrl,
  ProviderPlugin,
  type Account,
  type AdaptableRequest,
  type AdaptedRequest,
  type Balance,
  type BroughtAccount,
  type Credential,
  type FailedReply,
  type LoginImport,
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
import { classifyReply } from './classify-reply.js';
import { accountIdOf, readCredential } from './credential.js';
import { listCodexModels } from './list-models.js';
import { logIn } from './login/log-in.js';
import { readAuthFile } from './login/read-auth-file.js';
import { renewLogin } from './login/renew.js';
import { adaptRequest } from './requests/adapt-request.js';
import { CodexSettings, settingsOf, withoutLogin } from './settings.js';
import { planUsageOf } from './usage/plan-usage.js';

const FORMAT: FormatId = 'openai-responses';
const RESPONSES = '/responses';

/**
 * A ChatGPT plan by its login: the Responses back end of OpenAI's own command line. It only streams, stores nothing, and
 * refuses a good part of what the API takes.
 * @see https://github.com/openai/codex
 */
@ProviderPlugin()
export class CodexProvider implements LoginProvider {
  readonly descriptor: ProviderDescriptor = {
    id: 'codex',
    displayName: 'ChatGPT (Codex)',
    documentation: 'https://developers.openai.com/codex',
    credentials: ['oauth'],
    settings: CodexSettings,
    secretSettings: ['accessToken', 'refreshToken'],
    readCredential,
    streamsOnly: true,
  };

  /** What the last answer said of each account's plan. */
  readonly #usage = new WeakMap<Account, Balance>();

  constructor(
    private readonly http: UpstreamHttp,
    private readonly clock: Clock = new SystemClock(),
  ) {}

  formats(): readonly FormatId[] {
    return [FORMAT];
  }

  adaptRequest(request: AdaptableRequest): AdaptedRequest {
    return adaptRequest(request);
  }

  async send(call: UpstreamCall): Promise<UpstreamReply> {
    const { account, credential, cancellation, format, query, body } = call;
    if (format !== FORMAT) throw unknownFormat(call);
    const reply = await this.http.send({
      method: 'POST',
      url: joinUrl(settingsOf(account).baseUrl, RESPONSES, query),
      headers: callHeaders({ ...call, stream: true }, { auth: authHeaders(account, credential) }),
      body,
      transport: account.transport,
      cancellation,
    });
    const usage = planUsageOf(reply.headers);
    if (usage !== undefined) this.#usage.set(account, usage);
    return reply;
  }

  classify(reply: FailedReply): UpstreamFailure | undefined {
    return classifyReply(reply);
  }

  refreshCredential(credential: Credential, account: Account, signal: AbortSignal): Promise<Credential> {
    return renewLogin({ http: this.http, account, credential, signal, nowMs: this.clock.now() });
  }

  async listModels(): Promise<readonly ModelInfo[]> {
    return listCodexModels();
  }

  /**
   * Logs a person in with a ChatGPT plan.
   * @throws LoginFailure, GatewayError; the signal's reason
   */
  logIn(wish: LoginWish, stage: LoginStage): Promise<StoredLogin> {
    const { http, clock } = this;
    const pause = (ms: number, end: AbortSignal): Promise<unknown> => sleep(ms, undefined, { signal: end });
    return logIn(wish, { ...stage, http, clock, pause });
  }

  /**
   * Reads the login that the vendor's own program keeps (`~/.codex/auth.json`).
   * @throws LoginFailure
   */
  readLogins(path: string, folder: string): Promise<LoginImport> {
    return readAuthFile(path, folder);
  }

  /** What another account with the same hosts says; nothing of the login. */
  settingsLike({ settings }: Account): BroughtAccount['settings'] {
    return withoutLogin(settings);
  }

  /** What the last answer said of the plan: the vendor has nowhere to ask. Undefined = there was none yet. */
  async balance(account: Account, { details }: Credential): Promise<Balance | undefined> {
    const usage = this.#usage.get(account);
    const { plan, email } = details ?? {};
    return usage && { ...usage, ...(plan !== undefined && { plan }), ...(email !== undefined && { email }) };
  }
}

function authHeaders(account: Account, credential: Credential): WireHeaders {
  return {
    ...bearer(credential),
    'chatgpt-account-id': accountIdOf(account, credential),
    originator: settingsOf(account).originator,
  };
}

function unknownFormat({ account, format }: UpstreamCall): GatewayError {
  return new GatewayError({
    kind: 'unsupported_translation',
    message: `The provider "${account.provider}" does not speak ${format}.`,
  });
}
