export type Emit<T> = (item: T) => void;

/**
 * One synchronous step of a stream. Single use; no timers, no promises, no I/O. Each input gives any number of outputs
 * through `emit` before `push` returns.
 */
export interface StreamTransformer<In, Out> {
  push(input: In, emit: Emit<Out>): void;
  /** The input ended cleanly: emit what is left. Called at most once, and not after `fail`. */
  finish(emit: Emit<Out>): void;
  /** The input broke: emit how that looks to the reader. Without it a failure is handed on by whoever drives the stream. */
  fail?(error: unknown, emit: Emit<Out>): void;
}
