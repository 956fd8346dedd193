import { randomBytes } from 'node:crypto';
import { GatewayError, type Clock, type Logger } from '@sluice/core';
import type { Account, LoginScreen, LoginWish, ProviderRegistry } from '@sluice/provider-kit';
import { managedProvider, type ManagedAccounts } from './managed-accounts.js';

/** Logins that are remembered; the oldest that has ended makes room, and while all are under way no other begins. */
export const MAX_PENDING_LOGINS = 32;
/** How long the end of a login is told. */
export const LOGIN_MEMORY_MS = 30 * 60_000;
/** No login takes longer, whatever the vendor allows. */
export const LOGIN_TIMEOUT_MS = 15 * 60_000;

const STATE_BYTES = 16;
const DEFAULT_TRANSPORT = { timeouts: { connectMs: 10_000, firstByteMs: 30_000, idleMs: 30_000 } };

/** A login that a person finishes in a browser. Times in milliseconds since the epoch. */
export interface PendingLogin {
  readonly state: string;
  /** What the person has to do, and where. */
  readonly sentence: string;
  readonly address: string;
  readonly endsAtMs: number;
  readonly outcome: LoginEnding | undefined;
}

export type LoginEnding =
  | { readonly type: 'success'; readonly accountId: string; readonly endedAtMs: number }
  | { readonly type: 'failed'; readonly message: string; readonly endedAtMs: number };

export interface PendingLoginsDependencies {
  readonly accounts: ManagedAccounts;
  readonly providers: ProviderRegistry;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Begins logins, waits for them in the background, and adds an account for each that succeeds. */
export class PendingLogins {
  readonly #logins = new Map<string, PendingLogin>();
  readonly #stop = new AbortController();

  constructor(private readonly dependencies: PendingLoginsDependencies) {}

  /** @throws GatewayError when the login could not be begun */
  async begin(provider: string, wish: LoginWish): Promise<PendingLogin> {
    const { clock } = this.dependencies;
    this.#makeRoom(clock.now());
    const state = randomBytes(STATE_BYTES).toString('base64url');
    const endsAtMs = clock.now() + LOGIN_TIMEOUT_MS;
    return new Promise((resolve, reject) => {
      let sentence = '';
      const show = (address: string): void => {
        const login: PendingLogin = { state, sentence, address, endsAtMs, outcome: undefined };
        this.#logins.set(state, login);
        resolve(login);
      };
      const screen = {
        say: (said: string) => void (sentence = sentence === '' ? said : `${sentence} ${said}`),
        open: show,
      };
      this.#run(provider, wish, screen).then(
        (accountId) => this.#end(state, { type: 'success', accountId, endedAtMs: clock.now() }),
        (error: unknown) => {
          const message = sentenceOf(error);
          this.#end(state, { type: 'failed', message, endedAtMs: clock.now() });
          reject(invalid(message)); // counts only for a login that has not been shown
        },
      );
    });
  }

  /** Undefined = there is none, or it has been forgotten. */
  find(state: string): PendingLogin | undefined {
    const login = this.#logins.get(state);
    if (login?.outcome === undefined) return login;
    return login.outcome.endedAtMs + LOGIN_MEMORY_MS > this.dependencies.clock.now() ? login : undefined;
  }

  /** Gives up every login that is under way. */
  close(): void {
    this.#stop.abort();
  }

  async #run(id: string, wish: LoginWish, screen: LoginScreen): Promise<string> {
    const { accounts, providers, logger } = this.dependencies;
    const provider = managedProvider(providers, id);
    if (provider.logIn === undefined) throw invalid(`Nobody can log in to ${id} here.`);
    const like = accounts.like(id)?.account;
    const { settings: schema } = provider.descriptor;
    const account: Account = like ?? {
      id,
      provider: id,
      settings: schema.parse({}), // a provider with logins has nothing that must be declared
      headers: {},
      transport: DEFAULT_TRANSPORT,
    };
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(LOGIN_TIMEOUT_MS)]);
    const { credential } = await provider.logIn(wish, { account, screen, signal });
    const settings = schema.parse((like && provider.settingsLike?.(like)) ?? {});
    const added = await accounts.add(id, { settings, credential }, { isProven: true });
    logger.info('logged in', { audit: true, accountId: added.account.id, method: wish.method });
    return added.account.id;
  }

  #end(state: string, outcome: LoginEnding): void {
    const login = this.#logins.get(state);
    if (login !== undefined) this.#logins.set(state, { ...login, outcome });
  }

  #makeRoom(nowMs: number): void {
    for (const [state, { outcome }] of this.#logins) {
      if (outcome !== undefined && outcome.endedAtMs + LOGIN_MEMORY_MS <= nowMs) this.#logins.delete(state);
    }
    if (this.#logins.size < MAX_PENDING_LOGINS) return;
    const over = [...this.#logins].find(([, { outcome }]) => outcome !== undefined);
    if (over === undefined)
      throw new GatewayError({ kind: 'rate_limited', message: 'Too many logins are under way. Finish one of them.' });
    this.#logins.delete(over[0]);
  }
}

/** Providers fail with a sentence for the person; anything else is not for them. */
function sentenceOf(error: unknown): string {
  const isForPeople = error instanceof Error && (error instanceof GatewayError || error.name === 'LoginFailure');
  return isForPeople ? error.message : 'The login failed.';
}

function invalid(message: string): GatewayError {
  return new GatewayError({ kind: 'invalid_request', message });
}
