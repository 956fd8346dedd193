import { setTimeout as sleep } from 'node:timers/promises';
import { SilentLogger, SystemClock, type Clock, type Logger } from '@sluice/core';
import {
  GatewayError,
  LaterAttempts,
  ProviderPlugin,
  type Account,
  type AccountChange,
  type Balance,
  type BroughtAccount,
  type Credential,
  type FailedReply,
  type FormatId,
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
import { machineOf, readCredential, regionPlaces, settingsOf } from './credential.js';
import { EndpointMemory } from './endpoints/endpoint-memory.js';
import { InferenceSender } from './endpoints/inference-sender.js';
import { isToolCall, sendToolCall } from './endpoints/send-tool-call.js';
import { listKiroModels } from './list-models.js';
import { accountOfForm, settingsWithoutLogin } from './login/account-of-form.js';
import type { KiroLogin } from './login/kiro-login.js';
import { credentialOf, loginOf } from './login/login-details.js';
import { logIn } from './login/flows/log-in.js';
import { storedLogin } from './login/stored-login.js';
import { kiroModelId, largeModelId } from './model-id.js';
import { withProductNames } from './product-names.js';
import { planOf, type Plan } from './plan.js';
import { ProfileFinder } from './profiles/profile-finder.js';
import { askForRenewal } from './refresh/ask-for-renewal.js';
import { LoginLedger } from './refresh/login-ledger.js';
import { renewLogin } from './refresh/renew-login.js';
import { searchingRequest } from './search/search-marker.js';
import { sendSearching } from './search/send-searching.js';
import { KiroSettings } from './settings.js';
import { resolvePath } from './files/resolve-path.js';
import { appendLogin } from './sources/append-login.js';
import { expandAccount } from './sources/expand-account.js';
import { importLogins } from './sources/import-logins.js';
import { noteChange } from './sources/note-change.js';
import { openSource } from './sources/open-source.js';
import { balanceOf } from './usage/balance.js';
import { getUsageLimits } from './usage/get-usage-limits.js';
import type { UsageLimits } from './usage/usage-limits.js';

/**
 * Kiro (AWS CodeWhisperer) as its editor or its command line speaks to it: by a key, by an access token, or by a login that is
 * renewed and may be kept in a file of another program.
 * @see https://kiro.dev
 */
@ProviderPlugin()
export class KiroProvider implements LoginProvider {
  readonly descriptor: ProviderDescriptor = {
    id: 'kiro',
    displayName: 'Kiro',
    documentation: 'https://kiro.dev/docs',
    credentials: ['oauth', 'api-key'],
    settings: KiroSettings,
    secretSettings: ['apiKey', 'accessToken', 'refreshToken', 'clientSecret'],
    readCredential,
    expandAccount,
    retry: { perAccount: 3, perRequest: 9, repeatsAlone: true },
  };

  readonly #sender: InferenceSender;
  readonly #profiles: ProfileFinder;
  readonly #ledger = new LoginLedger();
  readonly #later = new LaterAttempts();
  /** What an account's plan has, by the vendor's id as requests name it. Forgotten with its declaration. */
  readonly #plans = new WeakMap<Account, Plan>();

  constructor(
    private readonly http: UpstreamHttp,
    private readonly clock: Clock = new SystemClock(),
    private readonly logger: Logger = new SilentLogger(),
  ) {
    this.#sender = new InferenceSender(http, new EndpointMemory(), clock, logger);
    this.#profiles = new ProfileFinder(http, logger);
  }

  formats(): readonly FormatId[] {
    return ['kiro'];
  }

  modelId(model: string, account: Account): string {
    const { thinkingSuffix } = settingsOf(account);
    const large = largeModelId(model, thinkingSuffix);
    if (large !== undefined && this.#plans.get(account)?.large.has(large) === true) return large;
    return kiroModelId(model, thinkingSuffix);
  }

  windowTokens(model: string, account: Account): number | undefined {
    return this.#plans.get(account)?.windows.get(model);
  }

  send(call: UpstreamCall): Promise<UpstreamReply> {
    if (call.format !== 'kiro') throw unknownFormat(call);
    if (isToolCall(call.body)) return sendToolCall(this.http, call);
    const searching = searchingRequest(call.body);
    if (searching === undefined) return this.#sender.send(call);
    return sendSearching({ http: this.http, sender: this.#sender }, call, searching);
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
      later: this.#later,
      logger: this.logger,
    });
  }

  /** A last try to write back what could not be written back. Called by the framework when no request is open any more. */
  onApplicationShutdown(): Promise<void> {
    return this.#later.lastTry();
  }

  async listModels(account: Account, credential: Credential, signal: AbortSignal): Promise<readonly ModelInfo[]> {
    const listed = await listKiroModels({ http: this.http, account, credential, signal });
    this.#plans.set(account, planOf(listed));
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
  async balance(account: Account, credential: Credential, signal: AbortSignal): Promise<Balance | undefined> {
    return balanceOf(await this.usageLimits(account, credential, signal));
  }

  /**
   * An account for a login that somebody brings, in the words of kiro-rs's `credentials.json`.
   * @param like an account whose hosts and habits are taken over
   * @throws GatewayError `invalid_request`
   */
  accountOfForm(form: unknown, like?: Account): BroughtAccount {
    return accountOfForm(form, like?.settings);
  }

  /** Writes a change into the `credentials.json` that the login stands in. @throws Error with a sentence for the operator */
  noteChange(account: Account, change: AccountChange): Promise<boolean> {
    const { origin, keptIn } = settingsOf(account);
    return noteChange(origin ?? keptIn, change);
  }

  /** What another account with the same hosts and habits says; nothing of the login. */
  settingsLike(account: Account): BroughtAccount['settings'] {
    return settingsWithoutLogin(account.settings);
  }
}

function unknownFormat({ account, format }: UpstreamCall): GatewayError {
  return new GatewayError({
    kind: 'unsupported_translation',
    message: `The provider "${account.provider}" does not speak ${format}.`,
  });
}
