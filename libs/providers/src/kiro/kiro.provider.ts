import { setTimeout as sleep } from 'node:timers/promises';
import { SilentLogger, SystemClock, type Clock, type Logger } from '@sluice/core';
import {
  GatewayError,
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
} from '@sluice/provider-kit';
import { classifyReply } from './classify-reply.js';
import { machineOf, readCredential, regionPlaces, settingsOf } from './credential.js';
import { EndpointMemory } from './endpoints/endpoint-memory.js';
import { InferenceSender } from './endpoints/inference-sender.js';
import { isToolCall, sendToolCall } from './endpoints/send-tool-call.js';
import { listKiroModels } from './list-models.js';
import { accountOfForm, settingsWithoutLogin, type NewAccount } from './login/account-of-form.js';
import type { KiroLogin } from './login/kiro-login.js';
import { credentialOf, loginOf } from './login/login-details.js';
import { logIn } from './login/flows/log-in.js';
import type { LoginTools } from './login/flows/login-tools.js';
import type { LoginWish } from './login/flows/login-wish.js';
import { storedLogin, type StoredLogin } from './login/stored-login.js';
import { kiroModelId } from './model-id.js';
import { withProductNames } from './product-names.js';
import { ProfileFinder } from './profiles/profile-finder.js';
import { askForRenewal } from './refresh/ask-for-renewal.js';
import { LoginLedger } from './refresh/login-ledger.js';
import { renewLogin } from './refresh/renew-login.js';
import { KiroSettings } from './settings.js';
import { resolvePath } from './files/resolve-path.js';
import { appendLogin } from './sources/append-login.js';
import { expandAccount } from './sources/expand-account.js';
import { importLogins, type LoginImport } from './sources/import-logins.js';
import { openSource } from './sources/open-source.js';
import { balanceOf, type KiroBalance } from './usage/balance.js';
import { getUsageLimits } from './usage/get-usage-limits.js';
import type { UsageLimits } from './usage/usage-limits.js';

/** Who a person logs in for, and what they see of it. */
export type LoginStage = Pick<LoginTools, 'account' | 'screen' | 'signal'>;

/**
 * Kiro (AWS CodeWhisperer) as its editor or its command line speaks to it: by a key, by an access token, or by a login that is
 * renewed and may be kept in a file of another program.
 * @see https://kiro.dev
 */
@ProviderPlugin()
export class KiroProvider implements Provider {
  readonly descriptor: ProviderDescriptor = {
    id: 'kiro',
    displayName: 'Kiro',
    documentation: 'https://kiro.dev/docs',
    credentials: ['oauth', 'api-key'],
    settings: KiroSettings,
    secretSettings: ['apiKey', 'accessToken', 'refreshToken', 'clientSecret'],
    readCredential,
    expandAccount,
    retry: { perAccount: 3, perRequest: 9 },
  };

  readonly #sender: InferenceSender;
  readonly #profiles: ProfileFinder;
  readonly #ledger = new LoginLedger();

  constructor(
    private readonly http: UpstreamHttp,
    private readonly clock: Clock = new SystemClock(),
    private readonly logger: Logger = new SilentLogger(),
  ) {
    this.#sender = new InferenceSender(http, new EndpointMemory(), clock);
    this.#profiles = new ProfileFinder(http, logger);
  }

  formats(): readonly FormatId[] {
    return ['kiro'];
  }

  modelId(model: string, account: Account): string {
    return kiroModelId(model, settingsOf(account).thinkingSuffix);
  }

  send(call: UpstreamCall): Promise<UpstreamReply> {
    if (call.format !== 'kiro') throw unknownFormat(call);
    return isToolCall(call.body) ? sendToolCall(this.http, call) : this.#sender.send(call);
  }

  classify(reply: FailedReply): UpstreamFailure | undefined {
    return classifyReply(reply);
  }

  refreshCredential(credential: Credential, account: Account, signal: AbortSignal): Promise<Credential> {
    const { origin, seed, machineId } = settingsOf(account);
    const nowMs = this.clock.now();
    const as = (login: KiroLogin): Credential => credentialOf(login, []);
    return renewLogin({
      tried: credential,
      source: origin === undefined ? undefined : openSource(origin),
      declaredSeed: seed,
      defaultMachineId: machineId,
      accountId: account.id,
      nowMs,
      ask: (login) =>
        askForRenewal({
          http: this.http,
          account,
          login,
          machineId: machineOf(account, as(login)),
          places: regionPlaces(account, as(login)),
          signal,
          nowMs,
        }),
      complete: (login) => this.#profiles.complete({ account, credential: as(login), login, signal }),
      ledger: this.#ledger,
      logger: this.logger,
    });
  }

  async listModels(account: Account, credential: Credential, signal: AbortSignal): Promise<readonly ModelInfo[]> {
    const listed = await listKiroModels({ http: this.http, account, credential, signal });
    return withProductNames(listed, settingsOf(account).thinkingSuffix);
  }

  /**
   * Logs a person in. What the account says of hosts, proxy and machine counts.
   * @throws LoginFailure, GatewayError; the signal's reason
   */
  async logIn(wish: LoginWish, { account, screen, signal }: LoginStage): Promise<StoredLogin> {
    const { http, clock } = this;
    const pause = (ms: number, end: AbortSignal): Promise<unknown> => sleep(ms, undefined, { signal: end });
    const login = await logIn(wish, { http, account, screen, clock, pause, signal });
    const completed = await this.#profiles.complete({ account, credential: credentialOf(login, []), login, signal });
    return storedLogin(completed, this.descriptor.displayName);
  }

  /**
   * Puts a login into a file in kiro-rs's format.
   * @param path a relative one counts from `folder`
   * @returns where it stands now
   * @throws Error with a sentence for the operator
   */
  writeLogin(path: string, folder: string, credential: Credential): Promise<string> {
    return appendLogin(resolvePath(path, folder), loginOf(credential));
  }

  /**
   * Reads the logins that another program keeps.
   * @param path of a file or a folder; a relative one counts from `folder`
   * @throws Error with a sentence for the operator
   */
  readLogins(path: string, folder: string): Promise<LoginImport> {
    return importLogins(path, folder);
  }

  /**
   * What the vendor says of an account's plan.
   * @throws GatewayError
   */
  usageLimits(account: Account, credential: Credential, signal: AbortSignal): Promise<UsageLimits> {
    return getUsageLimits({ http: this.http, account, credential, signal });
  }

  /**
   * What an account has left; undefined = the vendor did not say.
   * @throws GatewayError
   */
  async balance(account: Account, credential: Credential, signal: AbortSignal): Promise<KiroBalance | undefined> {
    return balanceOf(await this.usageLimits(account, credential, signal));
  }

  /**
   * An account for a login that somebody brings, in the words of kiro-rs's `credentials.json`.
   * @param like an account whose hosts and habits are taken over
   * @throws GatewayError `invalid_request`
   */
  accountOfForm(form: unknown, like?: Account): NewAccount {
    return accountOfForm(form, like?.settings);
  }

  /** What another account with the same hosts and habits says; nothing of the login. */
  settingsLike(account: Account): NewAccount['settings'] {
    return settingsWithoutLogin(account.settings);
  }
}

function unknownFormat({ account, format }: UpstreamCall): GatewayError {
  return new GatewayError({
    kind: 'unsupported_translation',
    message: `The provider "${account.provider}" does not speak ${format}.`,
  });
}
