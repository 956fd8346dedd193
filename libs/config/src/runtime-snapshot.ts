import type { Account, Credential } from '@sluice/provider-kit';
import type { SelectionStrategy } from './declaration/routing-section.js';
import type { HeaderRule, MaskingSettings, PayloadRules } from './shaping/shaping-settings.js';

/** Who declared an object. The file wins over the database; `demo` is the built-in account of `sluice run` without a file. */
export type DeclarationOrigin = 'file' | 'database' | 'demo';

/** One account as declared: what the provider sees, and what routing needs to know of it. */
export interface AccountDeclaration {
  readonly account: Account;
  /** The credential that the declaration itself holds; undefined = the credential store has it. */
  readonly credential: Credential | undefined;
  readonly enabled: boolean;
  /** Globs over upstream model ids; undefined = every model of the vendor. */
  readonly models: readonly string[] | undefined;
  /** Globs; exclusion wins over inclusion. */
  readonly excludeModels: readonly string[];
  readonly prefix: string | undefined;
  /** Lower is tried first. */
  readonly priority: number;
  readonly weight: number;
  /** Undefined = unlimited. */
  readonly maxConcurrency: number | undefined;
  /** False = always ask the vendor: never cool down, never disable. */
  readonly cooldownEnabled: boolean;
  readonly origin: DeclarationOrigin;
  /** The id of the only principal that may use the account; absent = shared. */
  readonly owner?: string | undefined;
  /** Headers of every call to the vendor, by the client's header (lower case) that their value comes from. */
  readonly copiedHeaders?: Readonly<Record<string, string>>;
  /** Words that its vendor does not read, beside those of all accounts. Absent = none. */
  readonly maskedWords?: readonly string[];
}

/** A name of ours for one or more `<account id | prefix | provider id>/<model>` or plain model names, in order of preference. */
export interface ModelAlias {
  readonly alias: string;
  readonly targets: readonly string[];
  /** One for each target: requests are split by them. Absent = the order decides. */
  readonly weights?: readonly number[];
  readonly strategy?: SelectionStrategy | undefined;
  readonly sessionAffinity?: boolean | undefined;
}

/** A client key from the file. `key` is a secret: hashed by `auth`, shown by nobody. */
export interface ApiKeyDeclaration {
  readonly name: string;
  readonly key: string;
  /** Globs over the names that the key may use; undefined = all. */
  readonly models: readonly string[] | undefined;
  readonly scopes: readonly string[];
  /** Provider ids: the order in which accounts that the key owns are tried. */
  readonly providerOrder?: readonly string[];
}

/** When a vendor's host is left alone. */
export interface CircuitSettings {
  readonly enabled: boolean;
  /** Failures within a minute that open the circuit, where they are at least half of all calls. */
  readonly failures: number;
  readonly openMs: number;
}

/** How many calls to a vendor's host may be repetitions. */
export interface RetryBudgetSettings {
  /** Of the requests to it. */
  readonly percent: number;
  readonly minPerSecond: number;
}

/** Which account a request goes to. */
export interface RoutingSettings {
  readonly strategy: SelectionStrategy;
  /** By provider id; counts where all accounts of a model belong to it. */
  readonly providers: Readonly<Record<string, SelectionStrategy>>;
  readonly sessionAffinity: boolean;
  readonly sessionTtlMs: number;
  /** Names without a prefix reach only accounts without one. Absent = prefixes select, they do not keep apart. */
  readonly forceModelPrefix?: boolean;
  readonly circuitBreaker: CircuitSettings;
  readonly retryBudget: RetryBudgetSettings;
}

/** Somebody else who counts input tokens, where the vendor of a request cannot. Configured by the operator: any address. */
export interface TokenCountingSettings {
  readonly url: string;
  readonly apiKey?: string | undefined;
  readonly authType: 'x-api-key' | 'bearer';
  readonly timeoutMs: number;
}

/** How many answers are remembered for clients that continue them by their id. */
export interface ResponseStoreSettings {
  readonly maxEntries: number;
  readonly maxBytes: number;
  /** Since the answer was made, or last continued. */
  readonly ttlMs: number;
}

/** After how much silence clients are sent a sign of life; 0 = never. */
export interface KeepAliveSettings {
  readonly streamMs: number;
  /** For answers that are not streamed. */
  readonly wholeMs: number;
}

/** How images and documents are fetched that a request names by address and its vendor takes as bytes only. */
export interface FetchMediaSettings {
  /** Of one of them. */
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly allowHttp: boolean;
  /** Absent = every public host. */
  readonly hosts?: readonly string[] | undefined;
  /** May be addresses that are not public. */
  readonly privateHosts: readonly string[];
}

/** What a request's life depends on besides accounts, models and keys. Hot: a new snapshot changes it for new requests. */
export interface RuntimeSettings {
  readonly allowUnauthenticated: boolean;
  readonly maxBodyBytes: number;
  /** How long a request body may take to arrive. */
  readonly bodyTimeoutMs: number;
  /** Absent = silent clients are sent nothing. */
  readonly keepAlive?: KeepAliveSettings;
  /** Origins that inference routes answer, or every origin. Never with credentials. */
  readonly corsOrigins: readonly string[] | '*';
  /** Addresses or CIDR blocks whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly retry: {
    /** Sent calls per request, over all accounts; a provider's own budget may be lower or higher. */
    readonly maxAttempts: number;
    /** The longest single wait for a cooling account or before the same account is asked again. */
    readonly maxWaitMs: number;
    /** No new attempt is begun after this time. */
    readonly deadlineMs: number;
  };
  /** Absent = the defaults of the configuration. */
  readonly routing?: RoutingSettings;
  /** Write the client's model name into passed-through answers. */
  /** `auto`: for formats whose clients rely on it. */
  readonly echoModel: boolean | 'auto';
  /** Pass requests on that administer an account at its vendor. Absent = refuse them. */
  readonly forwardAdminPaths?: boolean;
  /** Absent = bodies go to vendors as they are. */
  readonly payloadRules?: PayloadRules;
  /** Absent = headers travel by the header policy alone. */
  readonly headerRules?: readonly HeaderRule[];
  /** Absent = no account has a word that its vendor may not read. */
  readonly masking?: MaskingSettings;
  /** Whether `/metrics` answers without a key from other machines. */
  readonly metricsPublic: boolean;
  /** Absent = counts that vendors do not give are our own estimates. */
  readonly tokenCounting?: TokenCountingSettings | undefined;
  /** Absent = nothing is fetched. */
  readonly fetchMedia?: FetchMediaSettings | undefined;
  /** Absent = no answers are remembered. */
  readonly responseStore?: ResponseStoreSettings | undefined;
}

/** Everything declared, at one moment. Immutable; a request holds on to the one it started with. */
export interface RuntimeSnapshot {
  /** Grows with every change. */
  readonly revision: number;
  readonly accounts: readonly AccountDeclaration[];
  readonly models: readonly ModelAlias[];
  readonly apiKeys: readonly ApiKeyDeclaration[];
  readonly settings: RuntimeSettings;
}
