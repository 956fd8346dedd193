import type { FormatId, UpstreamFailure, GatewayError, WireHeaders } from '@sluice/core';
import type { Cancellation, PushSource } from '@sluice/streaming';
import type { z } from 'zod';
import type { Account, Credential, CredentialKind } from './account.js';
import type { AccountExpansion } from './account-expansion.js';
import type { AdaptableRequest, AdaptedRequest } from './adapted-request.js';

/** How often one request may be tried, counted in sent calls. */
export interface RetryBudget {
  /** On one account. */
  readonly perAccount: number;
  /** In all. */
  readonly perRequest: number;
  /**
   * Whether an account that failed in passing is asked once more where no other is left: its answer broke off before its first
   * content, it could not be reached, or it throttled. Default: false.
   */
  readonly repeatsAlone?: boolean;
}

/** Whose API a vendor's paths and words are. An open set. */
export type ApiFamily = 'openai' | 'anthropic' | 'gemini' | (string & {});

export interface ProviderDescriptor {
  readonly id: string;
  readonly displayName: string;
  /** Whose API `forward` reaches; absent = requests that no format describes never come to this provider. */
  readonly api?: ApiFamily;
  /** Where the vendor documents its API. */
  readonly documentation?: string;
  readonly credentials: readonly CredentialKind[];
  /** The members that an account of this provider has beside the common ones. Strict: anything else is an error. */
  readonly settings: z.ZodObject;
  /** The members of `settings` that hold secrets: redacted wherever settings are shown. */
  readonly secretSettings?: readonly string[];
  /** The credential that the settings themselves declare; undefined = it comes from the credential store. */
  readCredential?(settings: Readonly<Record<string, unknown>>): Credential | undefined;
  readonly retry?: RetryBudget;
  /** The vendor streams every answer: for a client that wants a whole one it is collected. Default: false. */
  readonly streamsOnly?: boolean;
  /**
   * The accounts that one declaration stands for, where logins are kept in files of their own, each with several.
   * @param folder that relative paths count from
   * @returns undefined = the account is what it is
   * @throws Error with a sentence for the operator
   */
  expandAccount?(settings: Readonly<Record<string, unknown>>, folder: string): Promise<AccountExpansion | undefined>;
}

/** One attempt. The body is in the format `format`; the provider adds address and headers, nothing else. */
export interface UpstreamCall {
  readonly account: Account;
  readonly credential: Credential;
  readonly format: FormatId;
  readonly model: string;
  readonly stream: boolean;
  /** The client's query with its leading `?`, or the empty string. */
  readonly query: string;
  readonly body: Buffer;
  /** The client's headers that may travel, already filtered by the header policy. */
  readonly headers: WireHeaders;
  /** What the operator wants this call to carry, the account's own headers among it: wins over everything. Absent = the account's own. */
  readonly operatorHeaders?: WireHeaders | undefined;
  readonly cancellation: Cancellation;
}

/**
 * A request that passes whole to a path that no format of ours describes (files, batches, images …). The path has been
 * checked: it begins with a version, and no segment of it leads anywhere else.
 */
export interface ForwardCall {
  readonly account: Account;
  readonly credential: Credential;
  readonly method: ForwardMethod;
  /** Begins with a slash and the version, as in `/v1/files`. */
  readonly path: string;
  /** The client's query with its leading `?`, or the empty string. */
  readonly query: string;
  /** The client's headers that may travel, already filtered by the header policy. */
  readonly headers: WireHeaders;
  /** As in `UpstreamCall`. */
  readonly operatorHeaders?: WireHeaders | undefined;
  readonly body: StreamedBody | undefined;
  readonly cancellation: Cancellation;
}

export type ForwardMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A request body that is sent while it arrives. */
export interface StreamedBody {
  /** Started when the vendor takes the first bytes, paused while it takes no more, cancelled when the call ends before it. */
  readonly source: PushSource<Buffer>;
  /** In bytes, where it is known. */
  readonly length: number | undefined;
}

/** A request whose input tokens are to be counted. The body is an inference request in the format `format`. */
export type CountCall = Omit<UpstreamCall, 'stream'>;

export interface UpstreamReply {
  readonly status: number;
  readonly headers: WireHeaders;
  /** Where the answer to a request that passed whole leads, as a path of ours; absent = nowhere that clients may go. */
  readonly location?: string;
  /** Must be started or cancelled by whoever receives the reply. */
  readonly body: PushSource<Buffer>;
}

/** A failed attempt as the provider may judge it: the decoded error, and what it was decoded from. */
export interface FailedReply {
  readonly status: number;
  readonly headers: WireHeaders;
  readonly body: Buffer;
  readonly error: GatewayError;
}

/** A model that a vendor says it has. */
export interface ModelInfo {
  readonly id: string;
  readonly displayName?: string;
  /** Unix time in seconds. */
  readonly createdAt?: number;
  readonly ownedBy?: string;
  readonly maxInputTokens?: number;
  readonly maxOutputTokens?: number;
  /** Whether it thinks where the client does not ask for it; absent = not known. */
  readonly thinks?: boolean;
}

/** A vendor connection: transport, credentials, classification of failures. It never translates, retries, caches or counts. */
export interface Provider {
  readonly descriptor: ProviderDescriptor;
  /** The formats the vendor speaks for this model, best first. */
  formats(model: string, account: Account): readonly FormatId[];
  /** The vendor's own id for a name that clients use; absent = vendor and clients use the same names. */
  modelId?(model: string, account: Account): string;
  /**
   * How many tokens prompt and answer of a model may have together, as the vendor has said it for this account; undefined = it has
   * not yet.
   * @param model the vendor's own id
   */
  windowTokens?(model: string, account: Account): number | undefined;
  /**
   * The request as this vendor takes it, where it takes less or wants more than its format says; `send` is given the result.
   * Absent = requests are sent as they are.
   * @throws GatewayError `invalid_request` for one that it cannot be asked at all
   */
  adaptRequest?(request: AdaptableRequest): AdaptedRequest;
  /**
   * @returns as soon as the head of the answer is there, whatever its status
   * @throws GatewayError `upstream_unreachable`, `upstream_silent`
   */
  send(call: UpstreamCall): Promise<UpstreamReply>;
  /** The same for a request that passes whole. Needs the descriptor's `api`. */
  forward?(call: ForwardCall): Promise<UpstreamReply>;
  /**
   * The vendor's own count, in the words of `call.format`; absent = it cannot count.
   * @throws GatewayError as `send` does
   */
  countTokens?(call: CountCall): Promise<UpstreamReply>;
  /** Only what differs from HTTP's norms; undefined = the norms apply. */
  classify?(reply: FailedReply): UpstreamFailure | undefined;
  /** @throws GatewayError; `upstream_auth_failed` means that the login itself is dead */
  refreshCredential?(credential: Credential, account: Account, signal: AbortSignal): Promise<Credential>;
  listModels?(account: Account, credential: Credential, signal: AbortSignal): Promise<readonly ModelInfo[]>;
}
