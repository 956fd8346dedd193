import { GatewayError, type Clock, type WireHeaders } from '@sluice/core';
import { extractClientKeys, type Authenticator } from '@sluice/auth';
import type { SnapshotStore } from '@sluice/config';
import type { Guardrails } from '@sluice/guardrails';
import type { AdmissionControl, UsageRecorder } from '@sluice/usage';
import { errorHeaders } from './answer-headers.js';
import type { AttemptLoop } from './attempt-loop.js';
import type { GaveUp } from './attempt-progress.js';
import type { ClientAnswer } from './client-answer.js';
import type { ClientRequest } from './client-request.js';
import { assertJsonContentType } from './content-type.js';
import { Exchange } from './exchange.js';
import type { ExchangeListener } from './exchange-listener.js';
import type { InFlight } from './in-flight.js';
import type { RouteResolver } from './route-resolver.js';
import { toGatewayError } from './to-gateway-error.js';
import { unlessCancelled } from './unless-cancelled.js';

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
  readonly clock: Clock;
}

/**
 * The life of one inference request, from the unread body to the settled record (design: "One request").
 * One instance serves all requests; what a request knows is in its `Exchange`.
 */
export class Dispatcher {
  constructor(private readonly dependencies: DispatcherDependencies) {}

  /** Answers the request, whatever happens, and settles it exactly once. Never rejects. */
  async handle(request: ClientRequest, answer: ClientAnswer): Promise<void> {
    const { snapshots, clock, inFlight, listener } = this.dependencies;
    const exchange = new Exchange(request, answer, snapshots.current, clock.now());
    inFlight.add(exchange);
    listener.started();
    answer.onAbandoned(() => exchange.interrupt(clientClosed()));
    try {
      const gaveUp = await this.#serve(exchange);
      if (gaveUp !== undefined) this.#answerError(exchange, gaveUp.error, gaveUp.headers);
    } catch (cause) {
      this.#answerError(exchange, toGatewayError(cause), undefined);
    } finally {
      this.#settle(exchange);
    }
  }

  async #serve(exchange: Exchange): Promise<GaveUp | undefined> {
    const { authenticator, admission, guardrails, resolver, attempts, clock } = this.dependencies;
    const { request, snapshot } = exchange;
    const presented = extractClientKeys(request.headers, request.query, request.path);
    const principal = await authenticator.authenticate(presented, snapshot);
    exchange.principal = principal;
    assertJsonContentType(request.headers);
    const { maxBodyBytes, bodyTimeoutMs } = snapshot.settings;
    const reading = request.readBody({ maxBytes: maxBodyBytes, timeoutMs: bodyTimeoutMs });
    const body = await unlessCancelled(reading, exchange.cancellation);
    const call = { path: request.path, query: request.query, body };
    exchange.call = call;
    const facts = request.format.envelope.read(call);
    exchange.facts = facts;
    const shared = { requestId: request.requestId, principalId: principal.id, model: facts.model };
    exchange.admission = await admission.admit({ ...shared, bodyBytes: body.length, nowMs: clock.now() });
    const route = await resolver.resolve(facts.model, snapshot, principal);
    await guardrails.checkRequest({ ...shared, format: request.format.id, body });
    return attempts.run(exchange, call, route);
  }

  /** The failure in the client's own format; after the answer has begun the attempt itself has said it inside the stream. */
  #answerError(exchange: Exchange, error: GatewayError, upstream: WireHeaders | undefined): void {
    const { answer, request } = exchange;
    exchange.conclude(error.kind === 'client_closed' ? 'client-closed' : 'failed', error);
    if (answer.isClosed) {
      exchange.status ||= error.status;
      return;
    }
    if (answer.hasBegun || request.format.client === undefined) {
      answer.destroy();
      return;
    }
    const { status, body } = request.format.client.encodeError(error, request.requestId);
    exchange.status = status;
    answer.respond(status, errorHeaders(exchange, error, upstream), Buffer.from(JSON.stringify(body)));
  }

  #settle(exchange: Exchange): void {
    const { usage, listener, inFlight, clock } = this.dependencies;
    const record = exchange.toRecord(clock.now());
    usage.record(record);
    exchange.admission?.settle(record);
    listener.settled(record);
    exchange.answer.onClosed(() => inFlight.remove(exchange)); // a slow client still reads: nobody may stop the process yet
  }
}

function clientClosed(): GatewayError {
  return new GatewayError({
    kind: 'client_closed',
    message: 'The client closed the connection before the answer was complete.',
  });
}
