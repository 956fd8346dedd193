import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, FormatId } from '@sluice/core';
import { GatewayError } from '@sluice/core';
import type { SnapshotStore } from '@sluice/config';
import {
  NodeClientAnswer,
  type AnswerHeaders,
  type ClientRequest,
  type Dispatcher,
  type InFlight,
} from '@sluice/dispatch';
import { readRawBody } from '@sluice/express-adapter';
import type { FormatRegistry } from '@sluice/translator-kit';
import type { ClientAddresses } from './client-addresses.js';
import { corsHeaders } from './cors.js';
import { requestIdOf } from './request-id.js';

const JSON_HEADERS: AnswerHeaders = { 'content-type': 'application/json' };

export interface HttpSurfaceDependencies {
  readonly dispatcher: Dispatcher;
  readonly formats: FormatRegistry;
  readonly snapshots: SnapshotStore;
  readonly addresses: ClientAddresses;
  readonly inFlight: InFlight;
  readonly clock: Clock;
}

/** Where HTTP ends and the pipeline begins: node's request and response become a `ClientRequest` and a `ClientAnswer`. */
export class HttpSurface {
  constructor(private readonly dependencies: HttpSurfaceDependencies) {}

  /** Runs one inference request of the given client format. Never rejects. */
  infer(formatId: FormatId, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { dispatcher, formats, addresses } = this.dependencies;
    const url = request.url ?? '/';
    const queryAt = url.indexOf('?');
    const requestId = requestIdOf(request.headers['x-request-id']);
    const clientRequest: ClientRequest = {
      format: formats.get(formatId),
      requestId,
      path: queryAt < 0 ? url : url.slice(0, queryAt),
      query: queryAt < 0 ? '' : url.slice(queryAt),
      headers: request.headers,
      clientAddress: addresses.of(request),
      readBody: (limits) => readRawBody(request, limits),
    };
    return dispatcher.handle(clientRequest, this.#answer(request, response, requestId));
  }

  /** Answers with a JSON document of ours. */
  sendJson(request: IncomingMessage, response: ServerResponse, status: number, body: unknown): void {
    const answer = this.#answer(request, response, requestIdOf(request.headers['x-request-id']));
    answer.respond(status, JSON_HEADERS, Buffer.from(JSON.stringify(body)));
  }

  /** Answers with a failure in the words of a client format. */
  sendError(formatId: FormatId, request: IncomingMessage, response: ServerResponse, error: GatewayError): void {
    const requestId = requestIdOf(request.headers['x-request-id']);
    const client = this.dependencies.formats.get(formatId).client;
    if (client === undefined) throw new TypeError(`the format ${formatId} has no client side`);
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

  #answer(request: IncomingMessage, response: ServerResponse, requestId: string): NodeClientAnswer {
    const { snapshots, inFlight, clock } = this.dependencies;
    const cors = corsHeaders(request.headers.origin, snapshots.current.settings.corsOrigins);
    const baseHeaders: AnswerHeaders = { 'x-request-id': requestId, ...cors };
    return new NodeClientAnswer({ response, clock, baseHeaders, isDraining: () => inFlight.isDraining });
  }
}
