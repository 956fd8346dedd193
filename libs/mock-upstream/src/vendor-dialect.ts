import type { JsonObject } from '@sluice/core';
import type { Frame } from './answer-plan.js';
import type { MockRequest } from './mock-request.js';

/** What a vendor offers at a path. `login`: renews an access token. */
export type Endpoint = 'inference' | 'models' | 'login';

/** What the mock reads from an inference request. */
export interface InferenceRequest {
  /** As it was sent, with the behaviour that may stand behind a question mark. */
  readonly model: string;
  readonly stream: boolean;
  /** Whether a stream ends with its usage, where the vendor makes that a choice. */
  readonly wantsUsage: boolean;
  /** The text of the last user message. */
  readonly prompt: string;
  /** The text of tool results, when they are what the request ends with. */
  readonly toolResult?: string;
  readonly toolNames: readonly string[];
  /** Every word of every message: the mock's idea of input tokens. */
  readonly words: number;
  /** The most words that the answer may have. */
  readonly maxWords?: number;
}

/** A call that the mock makes because the prompt asked for it. */
export interface MockToolCall {
  readonly name: string;
  readonly argumentsJson: string;
}

/** The answer before it has a vendor's shape. */
export interface MockAnswer {
  /** 24 hex characters; every id in the answer is made from it. */
  readonly digest: string;
  readonly model: string;
  /** Text in the pieces in which it is streamed. */
  readonly pieces: readonly string[];
  readonly toolCalls: readonly MockToolCall[];
  readonly finish: 'stop' | 'length' | 'tool-calls';
  /** Counted in words; a vendor counts tokens. */
  readonly usage: { readonly input: number; readonly output: number };
  readonly wantsUsage: boolean;
}

/** What an error body says besides its status. */
export interface ErrorDetail {
  readonly message?: string | undefined;
  readonly code?: string | undefined;
  readonly requestId: string;
}

/** One vendor's words: how it reads requests and spells answers. Pure; the scripting and the sockets are shared. */
export interface VendorDialect {
  readonly name: string;
  /** The content type of a stream. Default: server-sent events. */
  readonly streamType?: string;
  /** An event that the vendor's clients cannot read. Default: a server-sent one with broken JSON. */
  readonly brokenEvent?: Buffer;
  /** `undefined` when the path is not this vendor's. */
  endpoint(request: MockRequest): Endpoint | undefined;
  /** Whether an error for this request is spelled in this vendor's shape; asked when no endpoint matched. */
  claims(request: MockRequest): boolean;
  /**
   * @param request for vendors whose path names the model
   * @throws RequestRefusal when the vendor would refuse the body
   */
  readRequest(body: JsonObject, request: MockRequest): InferenceRequest;
  renderAnswer(answer: MockAnswer): string;
  renderStream(answer: MockAnswer): readonly Frame[];
  /** The event that a vendor sends when it fails inside a 200. */
  renderStreamError(detail: ErrorDetail): string | Buffer;
  renderError(status: number, detail: ErrorDetail): string;
  renderModels(ids: readonly string[]): string;
  /**
   * The answer to a renewal, where the vendor has such an endpoint.
   * @param digest of the request: other tokens for every one that differs
   * @param request for vendors that tell more than the body by it; a request without a body has the empty one
   * @throws RequestRefusal when the vendor would refuse the body
   */
  readonly renderLogin?: (body: JsonObject, digest: string, request: MockRequest) => string;
  /** Headers on every answer. */
  headers(requestId: string): Readonly<Record<string, string>>;
}

/** The body is one that the vendor refuses. */
export class RequestRefusal extends Error {
  override readonly name = 'RequestRefusal';
}
