/** Receives what a push source gives. After `onEnd` or `onError` nothing follows. */
export interface SourceListener<T> {
  onData(chunk: T): void;
  onEnd(): void;
  onError(error: unknown): void;
}

/**
 * A producer that pushes. Nothing is pushed before `start`; what arrived earlier is kept (bounded) and handed over then,
 * possibly synchronously. Backpressure is `pause` and `resume`.
 */
export interface PushSource<T> {
  /** Begins the flow. At most once. */
  start(listener: SourceListener<T>): void;
  /** Asks for silence. A few chunks that are already on their way may still come. */
  pause(): void;
  resume(): void;
  /** Ends the flow and frees the producer's resources (an HTTP request is aborted). Idempotent; no listener call follows. */
  cancel(reason?: unknown): void;
}
