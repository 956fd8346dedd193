import type { MockBehaviour } from './behaviour.js';
import type { MockConnection } from './connection-log.js';
import type { MockRequest } from './mock-request.js';
import type { RequestPredicate } from './mock-script.js';

/** A scripted vendor behind a real socket. */
export interface MockUpstream {
  /** Without a path: `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly port: number;
  /** What it received, oldest first, within a bound. */
  readonly requests: readonly MockRequest[];
  readonly connections: readonly MockConnection[];
  /** Requests received and not yet answered to the end; a hanging one counts. */
  readonly activeRequests: number;
  /** Those of them that are streams. */
  readonly activeStreams: number;
  /** Requests whose client went away before the end of the answer. */
  readonly cancelledRequests: number;
  readonly cancelledStreams: number;
  /** Queued behaviours that no request has used. */
  readonly waitingBehaviours: number;
  /** Queues how the next request is answered. @throws RangeError when the script is full */
  next(behaviour: MockBehaviour): void;
  /** Queues several, in order. */
  script(behaviours: readonly MockBehaviour[]): void;
  /** Lays down how matching requests are answered; the returned function takes it back. */
  when(predicate: RequestPredicate, behaviour: MockBehaviour): () => void;
  /** Forgets the script and the requests; counters and connections stay. */
  reset(): void;
  /**
   * Resolves once the condition holds; it is asked now and after every change of a request or a connection.
   * @param timeoutMs default 5,000
   * @throws Error when it does not hold in time
   */
  waitUntil(condition: () => boolean, timeoutMs?: number): Promise<void>;
  /** Drops every connection and stops listening, at once. A second call does nothing. */
  stop(): Promise<void>;
}
