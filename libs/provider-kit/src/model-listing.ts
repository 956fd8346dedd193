import type { Clock } from '@sluice/core';
import type { Account, Credential } from './account.js';
import type { ModelInfo, Provider } from './provider.js';

/** How long a list counts as current. */
export const MODEL_LIST_TTL_MS = 60 * 60 * 1000;
/** After a failure the vendor is left alone for this long. */
export const MODEL_LIST_RETRY_MS = 5 * 60 * 1000;
/** The longest wait for one vendor's list. */
export const MODEL_LIST_TIMEOUT_MS = 15_000;
/** Accounts whose lists are kept; the one not asked for longest is forgotten. */
export const MAX_LISTED_ACCOUNTS = 1000;

export interface ModelList {
  readonly models: readonly ModelInfo[];
  /** Whether this is an older list because the vendor could not be asked. */
  readonly stale: boolean;
}

interface Listed {
  /** The last good list. */
  models: readonly ModelInfo[] | undefined;
  /** The last failure, if nothing good came after it. */
  failure: unknown;
  /** When the vendor is asked again; milliseconds since the epoch. */
  askAgainAtMs: number;
  running: Promise<ModelList> | undefined;
}

/** What each account's vendor says it has: asked at most once an hour, once at a time, and remembered when the vendor is away. */
export class ModelListing {
  /** In order of use. */
  readonly #byAccount = new Map<string, Listed>();

  constructor(private readonly clock: Clock) {}

  /**
   * A provider that cannot list has the empty list.
   * @throws GatewayError the vendor's failure, while no list of this account is known
   */
  async list(provider: Provider, account: Account, credential: Credential): Promise<ModelList> {
    if (provider.listModels === undefined) return { models: [], stale: false };
    const listed = this.#touch(account.id);
    if (listed.running !== undefined) return listed.running;
    if (this.clock.now() < listed.askAgainAtMs) return remembered(listed);
    listed.running = this.#ask(listed, () =>
      provider.listModels?.(account, credential, AbortSignal.timeout(MODEL_LIST_TIMEOUT_MS)),
    );
    return listed.running;
  }

  /** The last good list, at once and however old; undefined = never heard. For routing. */
  known(accountId: string): readonly ModelInfo[] | undefined {
    return this.#byAccount.get(accountId)?.models;
  }

  /** Forgets an account, because its credential or address changed. A running question is answered, but not remembered. */
  invalidate(accountId: string): void {
    this.#byAccount.delete(accountId);
  }

  async #ask(listed: Listed, ask: () => Promise<readonly ModelInfo[]> | undefined): Promise<ModelList> {
    try {
      listed.models = (await ask()) ?? [];
      listed.failure = undefined;
      listed.askAgainAtMs = this.clock.now() + MODEL_LIST_TTL_MS;
    } catch (error) {
      listed.failure = error;
      listed.askAgainAtMs = this.clock.now() + MODEL_LIST_RETRY_MS;
    } finally {
      listed.running = undefined;
    }
    return remembered(listed);
  }

  #touch(accountId: string): Listed {
    const known = this.#byAccount.get(accountId);
    if (known !== undefined) this.#byAccount.delete(accountId);
    else if (this.#byAccount.size >= MAX_LISTED_ACCOUNTS) this.#forgetOldest();
    const listed = known ?? { models: undefined, failure: undefined, askAgainAtMs: 0, running: undefined };
    this.#byAccount.set(accountId, listed);
    return listed;
  }

  #forgetOldest(): void {
    const [oldest] = this.#byAccount.keys();
    if (oldest !== undefined) this.#byAccount.delete(oldest);
  }
}

function remembered({ models, failure }: Listed): ModelList {
  if (models === undefined) throw failure;
  return { models, stale: failure !== undefined };
}
