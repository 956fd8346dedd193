import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AnswerCounters } from './answer-counters.js';
import { AnswerDelivery } from './answer-delivery.js';
import type { AnswerPlan } from './answer-plan.js';
import { AnswerPlanner, BEHAVIOUR_HEADER, type PlannerOptions } from './answer-planner.js';
import type { MockBehaviour } from './behaviour.js';
import { BenchPlans } from './bench-plans.js';
import { ChangeSignal } from './change-signal.js';
import { ConnectionLog, type MockConnection } from './connection-log.js';
import { collectBody, type MockRequest } from './mock-request.js';
import { MockScript, type RequestPredicate } from './mock-script.js';
import type { MockUpstream } from './mock-upstream.js';
import { BehaviourError } from './read-behaviour.js';
import { RequestLog } from './request-log.js';

/** Idle connections stay longer than any client's pool keeps them, so that it is never we who close one under a request. */
const KEEP_ALIVE_TIMEOUT_MS = 120_000;

const DEFAULT_WAIT_MS = 5_000;
const STATS_PATH = '/_mock/stats';
const NO_BODY = Buffer.alloc(0);

/** The server behind `startMockUpstream`. */
export class MockUpstreamServer implements MockUpstream {
  readonly #server: Server;
  readonly #log: RequestLog;
  readonly #planner: AnswerPlanner;
  readonly #script = new MockScript();
  readonly #benchPlans = new BenchPlans();
  readonly #connections = new ConnectionLog();
  readonly #counters = new AnswerCounters();
  readonly #changes = new ChangeSignal();
  #host = '';
  #port = 0;
  #stopped: Promise<void> | undefined;

  constructor(options: PlannerOptions & { readonly maxLoggedRequests: number }) {
    this.#log = new RequestLog(options.maxLoggedRequests);
    this.#planner = new AnswerPlanner(this.#script, options);
    this.#server = createServer({ keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS, noDelay: true }, (message, response) => {
      void this.#receive(message, response);
    });
    this.#server.on('connection', (socket) => {
      this.#connections.add(socket);
      socket.on('close', () => this.#changes.emit());
      this.#changes.emit();
    });
  }

  /** Starts listening; resolves to itself. */
  async listen(host: string, port: number): Promise<this> {
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    this.#host = host;
    this.#port = (this.#server.address() as AddressInfo).port; // a TCP server has such an address once it listens
    return this;
  }

  get url(): string {
    return `http://${this.#host.includes(':') ? `[${this.#host}]` : this.#host}:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  get requests(): readonly MockRequest[] {
    return this.#log.entries;
  }

  get connections(): readonly MockConnection[] {
    return this.#connections.entries;
  }

  get activeRequests(): number {
    return this.#counters.activeRequests;
  }

  get activeStreams(): number {
    return this.#counters.activeStreams;
  }

  get cancelledRequests(): number {
    return this.#counters.cancelledRequests;
  }

  get cancelledStreams(): number {
    return this.#counters.cancelledStreams;
  }

  get waitingBehaviours(): number {
    return this.#script.waiting;
  }

  next(behaviour: MockBehaviour): void {
    this.#script.enqueue(behaviour);
  }

  script(behaviours: readonly MockBehaviour[]): void {
    for (const behaviour of behaviours) this.#script.enqueue(behaviour);
  }

  when(predicate: RequestPredicate, behaviour: MockBehaviour): () => void {
    return this.#script.addRule(predicate, behaviour);
  }

  reset(): void {
    this.#script.clear();
    this.#log.clear();
  }

  waitUntil(condition: () => boolean, timeoutMs = DEFAULT_WAIT_MS): Promise<void> {
    return this.#changes.waitUntil(condition, timeoutMs);
  }

  stop(): Promise<void> {
    this.#stopped ??= new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#connections.destroyAll();
    });
    return this.#stopped;
  }

  async #receive(message: IncomingMessage, response: ServerResponse): Promise<void> {
    if (message.url === STATS_PATH) return this.#sendStats(response);
    const connectionId = this.#connections.countRequest(message.socket);
    const sequence = this.#counters.begin();
    const answer: { plan?: AnswerPlan; delivery?: AnswerDelivery } = {};
    response.once('close', () => {
      const isOurs = response.writableFinished || answer.delivery?.hasReset === true || this.#stopped !== undefined;
      this.#counters.end({ isStream: answer.plan?.isStream === true, isCancelled: !isOurs });
      this.#changes.emit();
    });
    const body = await collectBody(message);
    if (body === 'gone') return;
    const isTooLarge = body === 'too-large';
    const request = describeRequest(message, { sequence, connectionId, body: isTooLarge ? NO_BODY : body });
    this.#log.add(request);
    answer.plan = isTooLarge ? this.#planner.refuse(request, 413) : this.#plan(request);
    if (answer.plan.isStream) this.#counters.beginStream();
    answer.delivery = new AnswerDelivery(response, answer.plan);
    answer.delivery.start();
    this.#changes.emit();
  }

  #plan(request: MockRequest): AnswerPlan {
    if (!this.#script.isEmpty || request.headers[BEHAVIOUR_HEADER] !== undefined) return this.#planner.plan(request);
    try {
      return this.#benchPlans.find(request) ?? this.#planner.plan(request);
    } catch (error) {
      if (error instanceof BehaviourError) return this.#planner.refuse(request, 400, error.message);
      throw error;
    }
  }

  /** For whoever started the mock in another process. */
  #sendStats(response: ServerResponse): void {
    const { received, activeRequests, activeStreams, cancelledRequests, cancelledStreams } = this.#counters;
    const connections = this.#connections.entries.filter((connection) => connection.isOpen).length;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ received, activeRequests, activeStreams, cancelledRequests, cancelledStreams, connections }),
    );
  }
}

function describeRequest(
  message: IncomingMessage,
  known: Pick<MockRequest, 'sequence' | 'connectionId' | 'body'>,
): MockRequest {
  const { method = '', url = '', headers } = message;
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  return { ...known, method, path, query: mark < 0 ? '' : url.slice(mark + 1), headers };
}
