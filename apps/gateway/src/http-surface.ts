import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, FormatId } from '@sluice/core';
import { GatewayError } from '@sluice/core';
import type { SnapshotStore } from '@sluice/config';
import {
  NodeClientAnswer,
  type AnswerHeaders,
  type ClientAnswer,
  type ClientRequest,
  type Dispatcher,
  type Forwarding,
  type ForwardRequest,
  type InFlight,
  type TokenCounting,
} from '@sluice/dispatch';
import { readRawBody } from '@sluice/express-adapter';
import type { FormatRegistry, WireFormat } from '@sluice/translator-kit';
import type { ClientAddresses } from './client-addresses.js';
import { corsHeaders } from './cors.js';
import { readGeminiPath } from './gemini-path.js';
import { openRequestBody } from './request-body-source.js';
import { requestIdOf } from './request-id.js';
import { pathOf, queryOf } from './request-target.js';
import { apiOfFormat, formatOfRequest } from './route-format.js';

/** Whose errors are read most widely. */
const FALLBACK_FORMAT: FormatId = 'openai-chat';

const FORWARD_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const JSON_HEADERS: AnswerHeaders = { 'content-type': 'application/json' };

export interface HttpSurfaceDependencies {
  readonly dispatcher: Dispatcher;
  readonly counting: TokenCounting;
  readonly forwarding: Forwarding;
  readonly formats: FormatRegistry;
  readonly snapshots: SnapshotStore;
  readonly addresses: ClientAddresses;
  readonly inFlight: InFlight;
  readonly clock: Clock;
}

/** A request and where its answer goes. */
export interface ClientExchange {
  readonly request: ClientRequest;
  readonly answer: ClientAnswer;
}

/** Another way of reading a request, or of answering it. */
export type Adaptation = (exchange: ClientExchange) => ClientExchange;

/** Where HTTP ends and the pipeline begins: node's request and response become a `ClientRequest` and a `ClientAnswer`. */
export class HttpSurface {
  constructor(private readonly dependencies: HttpSurfaceDependencies) {}

  /** Runs one inference request. Never rejects. */
  infer(request: IncomingMessage, response: ServerResponse, adapt?: Adaptation): Promise<void> {
    if (!this.#isBrought(request)) return this.forward(request, response);
    const clientRequest = this.#clientRequest(request);
    const { dispatcher } = this.dependencies;
    const answer = this.#answer(request, response, clientRequest.requestId);
    if (adapt === undefined) return dispatcher.handle(clientRequest, answer);
    const adapted = adapt({ request: clientRequest, answer });
    return dispatcher.handle(adapted.request, adapted.answer);
  }

  /** Says how many input tokens a request has. Never rejects. */
  countTokens(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { dispatcher, counting } = this.dependencies;
    const clientRequest = this.#clientRequest(request);
    if (clientRequest.format.client?.tokenCount === undefined) return this.forward(request, response);
    const answer = this.#answer(request, response, clientRequest.requestId);
    return dispatcher.run(clientRequest, answer, (exchange) => counting.serve(exchange));
  }

  /** Passes one request whole to a vendor whose API has its path. Never rejects. */
  async forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { dispatcher, forwarding, snapshots } = this.dependencies;
    const method = FORWARD_METHODS.find((name) => name === request.method);
    if (method === undefined) return this.refuseMethod(request, response, FORWARD_METHODS);
    const clientRequest = this.#clientRequest(request);
    const { path, requestId } = clientRequest;
    const pathModel = method === 'POST' ? readGeminiPath(path) : undefined;
    const forwardRequest: ForwardRequest = {
      ...clientRequest,
      method,
      api: apiOfFormat(formatOfRequest(path, request.headers)),
      ...(pathModel !== undefined && { pathModel }),
      openBody: () => openRequestBody(request, { stallMs: snapshots.current.settings.bodyTimeoutMs }),
    };
    const answer = this.#answer(request, response, requestId);
    return dispatcher.run(forwardRequest, answer, (exchange) => forwarding.serve(exchange, forwardRequest));
  }

  /** Answers that the path takes other methods. */
  refuseMethod(request: IncomingMessage, response: ServerResponse, allowed: readonly string[]): void {
    response.setHeader('allow', [...allowed, 'OPTIONS'].join(', '));
    const message = `${pathOf(request).slice(0, 200)} takes ${allowed.join(', ')}, not ${request.method ?? 'this method'}.`;
    const error = new GatewayError({ kind: 'method_not_allowed', message });
    this.sendError(formatOfRequest(pathOf(request), request.headers), request, response, error);
  }

  /** Answers with a JSON document of ours. */
  sendJson(request: IncomingMessage, response: ServerResponse, status: number, body: unknown): void {
    const answer = this.#answer(request, response, requestIdOf(request.headers['x-request-id']));
    answer.respond(status, JSON_HEADERS, Buffer.from(JSON.stringify(body)));
  }

  /** Answers with a failure in the words of a client format. */
  sendError(formatId: FormatId, request: IncomingMessage, response: ServerResponse, error: GatewayError): void {
    const requestId = requestIdOf(request.headers['x-request-id']);
    const { client } = this.#speakable(formatId);
    if (client === undefined) throw new TypeError('nobody has brought a format that clients speak');
    const encoded = client.encodeError(error, requestId);
    const answer = this.#answer(request, response, requestId);
    answer.respond(encoded.status, JSON_HEADERS, Buffer.from(JSON.stringify(encoded.body)));
  }

  /** Answers with the document that `make` gives, or with its failure in the words of a client format. */
  async answer(
    formatId: FormatId,
    request: IncomingMessage,
    response: ServerResponse,
    make: () => Promise<unknown>,
  ): Promise<void> {
    const json = async (): Promise<string> => JSON.stringify(await make());
    return this.answerText(formatId, request, response, 'application/json', json);
  }

  /** The same for a text of the given content type. */
  async answerText(
    formatId: FormatId,
    request: IncomingMessage,
    response: ServerResponse,
    contentType: string,
    make: () => Promise<string>,
  ): Promise<void> {
    let text: string;
    try {
      text = await make();
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.sendError(formatId, request, response, error);
      return;
    }
    const answer = this.#answer(request, response, requestIdOf(request.headers['x-request-id']));
    answer.respond(200, { 'content-type': contentType }, Buffer.from(text));
  }

  /** The format, or OpenAI's where nobody has brought it. */
  #speakable(format: FormatId): WireFormat {
    const { formats } = this.dependencies;
    const found = formats.find(format);
    return found?.client === undefined ? formats.get(FALLBACK_FORMAT) : found;
  }

  /** Whether somebody has brought the format whose route the path is. */
  #isBrought(request: IncomingMessage): boolean {
    return this.dependencies.formats.find(formatOfRequest(pathOf(request), request.headers)) !== undefined;
  }

  #clientRequest(request: IncomingMessage): ClientRequest {
    const { addresses } = this.dependencies;
    return {
      format: this.#speakable(formatOfRequest(pathOf(request), request.headers)),
      requestId: requestIdOf(request.headers['x-request-id']),
      path: pathOf(request),
      query: queryOf(request),
      headers: request.headers,
      clientAddress: addresses.of(request),
      readBody: (limits) => readRawBody(request, limits),
    };
  }

  #answer(request: IncomingMessage, response: ServerResponse, requestId: string): NodeClientAnswer {
    const { snapshots, inFlight, clock } = this.dependencies;
    const cors = corsHeaders(request.headers.origin, snapshots.current.settings.corsOrigins);
    const baseHeaders: AnswerHeaders = { 'x-request-id': requestId, ...cors };
    return new NodeClientAnswer({ response, clock, baseHeaders, isDraining: () => inFlight.isDraining });
  }
}
