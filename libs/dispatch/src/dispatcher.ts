import { GatewayError, type Clock, type Logger, type WireHeaders } from '@sluice/core';
import { extractClientKeys, type Authenticator } from '@sluice/auth';
import type { SnapshotStore } from '@sluice/config';
import type { Guardrails } from '@sluice/guardrails';
import type { WireCall } from '@sluice/translator-kit';
import type { AdmissionControl, ExchangeEnding, UsageRecorder } from '@sluice/usage';
import { errorHeaders, translatedHeaders } from './answer-headers.js';
import type { AttemptLoop } from './attempt-loop.js';
import type { GaveUp } from './attempt-progress.js';
import type { ClientAnswer } from './client-answer.js';
import { inClientFraming } from './client-framing.js';
import type { ClientRequest } from './client-request.js';
import { Conversation } from './conversation.js';
import { assertJsonContentType } from './content-type.js';
import { Exchange } from './exchange.js';
import type { ExchangeListener } from './exchange-listener.js';
import { guarded } from './guarded.js';
import type { InFlight } from './in-flight.js';
import type { RouteResolver } from './route-resolver.js';
import { settledUsage } from './settled-usage.js';
import type { StoredResponses } from './stored-responses.js';
import { toGatewayError } from './to-gateway-error.js';
import { unlessCancelled } from './unless-cancelled.js';
import { writeStreamError } from './write-stream-error.js';

const LISTENER = 'the listener of exchanges';

/** What is done with an exchange. Undefined = it has concluded; else why nothing could be answered. Errors may be thrown. */
export type ExchangeWork = (exchange: Exchange) => Promise<GaveUp | undefined>;

export interface DispatcherDependencies {
  readonly snapshots: SnapshotStore;
  readonly authenticator: Authenticator;
  readonly resolver: RouteResolver;
  readonly guardrails: Guardrails;
  readonly admission: AdmissionControl;
  readonly usage: UsageRecorder;
  readonly attempts: AttemptLoop;
  readonly listener: ExchangeListener;
  readonly inFlight: InFlight;
  /** Absent = no answers are remembered. */
  readonly stored?: StoredResponses;
  readonly logger: Logger;
  readonly clock: Clock;
}

/**
 * The life of one inference request, from the unread body to the settled record (design: "One request").
 * One instance serves all requests; what a request knows is in its `Exchange`.
 */
export class Dispatcher {
  constructor(private readonly dependencies: DispatcherDependencies) {}

  readonly #inference: ExchangeWork = (exchange) => this.#serve(exchange);

  /** Answers an inference request, whatever happens, and settles it exactly once. Never rejects. */
  handle(request: ClientRequest, answer: ClientAnswer): Promise<void> {
    return this.run(request, answer, this.#inference);
  }

  /** The same life around another work than inference. */
  async run(request: ClientRequest, clientAnswer: ClientAnswer, work: ExchangeWork): Promise<void> {
    const answer = inClientFraming(request, clientAnswer);
    const { snapshots, clock, inFlight, listener, logger } = this.dependencies;
    const exchange = new Exchange(request, answer, snapshots.current, clock.now());
    inFlight.add(exchange);
    guarded(logger, LISTENER, () => listener.started());
    answer.onAbandoned(() => exchange.interrupt(clientClosed()));
    try {
      const gaveUp = await work(exchange);
      if (gaveUp !== undefined) this.#answerError(exchange, gaveUp.error, gaveUp.headers);
    } catch (cause) {
      this.#answerError(exchange, toGatewayError(cause), undefined);
    } finally {
      this.#settle(exchange);
    }
  }

  /** Hot path: what answers at once is not awaited, and objects are written out, because spreading them costs more than making them. */
  async #serve(exchange: Exchange): Promise<GaveUp | undefined> {
    const { authenticator, admission, guardrails, resolver, attempts, clock } = this.dependencies;
    const { request, snapshot, cancellation } = exchange;
    const { requestId, format } = request;
    const presented = extractClientKeys(request.headers, request.query, request.path);
    const identifying = authenticator.authenticate(presented, snapshot);
    const principal = identifying instanceof Promise ? await identifying : identifying;
    exchange.principal = principal;
    assertJsonContentType(request.headers);
    const { maxBodyBytes, bodyTimeoutMs } = snapshot.settings;
    const reading = request.readBody({ maxBytes: maxBodyBytes, timeoutMs: bodyTimeoutMs });
    const body = await unlessCancelled(reading, cancellation);
    let call: WireCall = { path: request.path, query: request.query, body };
    exchange.call = call;
    const facts = format.envelope.read(call);
    exchange.facts = facts;
    if (format.client?.history !== undefined) call = this.#resume(exchange, call);
    const { model } = facts;
    const principalId = principal.id;
    const { length: bodyBytes } = call.body;
    const admitting = admission.admit({ requestId, principalId, model, bodyBytes, nowMs: clock.now() });
    exchange.admission = admitting instanceof Promise ? await admitting : admitting;
    const resolving = resolver.resolve(model, snapshot, principal);
    const route = resolving instanceof Promise ? await unlessCancelled(resolving, cancellation) : resolving;
    const checking = guardrails.checkRequest({ requestId, principalId, model, format: format.id, body: call.body });
    if (checking instanceof Promise) await unlessCancelled(checking, cancellation);
    return attempts.run(exchange, call, route);
  }

  /** The request with the conversation in front that its client only names, where the gateway remembers it. */
  #resume(exchange: Exchange, call: WireCall): WireCall {
    const { stored, clock, logger } = this.dependencies;
    if (stored === undefined) return call;
    exchange.conversation = Conversation.of(exchange, call, { stored, clock, logger });
    exchange.call = exchange.conversation?.call ?? call;
    return exchange.call;
  }

  /** The failure in the client's own format; after the answer has begun the attempt itself has said it inside the stream. */
  #answerError(exchange: Exchange, error: GatewayError, upstream: WireHeaders | undefined): void {
    const { answer, request } = exchange;
    exchange.conclude(endingOf(error, answer), error);
    exchange.status ||= error.status;
    if (answer.isClosed) return;
    if (answer.isHeadSent && !answer.hasBegun && exchange.facts?.stream === true) {
      answer.begin(exchange.status, translatedHeaders(exchange, {}, true));
      return writeStreamError(exchange, error, false);
    }
    const { client } = request.format;
    if (answer.hasBegun || client === undefined) {
      answer.destroy();
      return;
    }
    try {
      const { status, body } = client.encodeError(error, request.requestId);
      if (!answer.isHeadSent) exchange.status = status;
      answer.respond(status, errorHeaders(exchange, error, upstream), Buffer.from(JSON.stringify(body)));
    } catch (cause) {
      this.dependencies.logger.error('a failure could not be answered', { requestId: request.requestId, error: cause });
      answer.destroy();
    }
  }

  #settle(exchange: Exchange): void {
    const { usage, listener, inFlight, logger, clock } = this.dependencies;
    exchange.usage = settledUsage(exchange);
    const record = exchange.toRecord(clock.now());
    guarded(logger, 'the usage recorder', () => usage.record(record));
    guarded(logger, 'the admission control', () => exchange.admission?.settle(record));
    guarded(logger, LISTENER, () => listener.settled(record));
    exchange.answer.onClosed(() => inFlight.remove(exchange)); // a slow client still reads: nobody may stop the process yet
  }
}

function endingOf({ kind }: GatewayError, { hasBegun }: ClientAnswer): ExchangeEnding {
  if (kind === 'client_closed') return 'client-closed';
  return hasBegun ? 'broken' : 'failed';
}

function clientClosed(): GatewayError {
  return new GatewayError({
    kind: 'client_closed',
    message: 'The client closed the connection before the answer was complete.',
  });
}
