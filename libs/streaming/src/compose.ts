import type { Emit, StreamTransformer } from './stream-transformer.js';

type Stage<In, Out> = StreamTransformer<In, Out>;

/**
 * Fuses stages into one: what a stage emits is pushed into the next at once. `finish` finishes them in order. The first
 * stage that knows `fail` renders a failure; the stages behind it take that as their last input and are finished.
 */
export function compose<A, B, C>(first: Stage<A, B>, second: Stage<B, C>): Stage<A, C>;
export function compose<A, B, C, D>(first: Stage<A, B>, second: Stage<B, C>, third: Stage<C, D>): Stage<A, D>;
export function compose<A, B, C, D, E>(
  first: Stage<A, B>,
  second: Stage<B, C>,
  third: Stage<C, D>,
  fourth: Stage<D, E>,
): Stage<A, E>;
export function compose<A, B, C, D, E, F>(
  first: Stage<A, B>,
  second: Stage<B, C>,
  third: Stage<C, D>,
  fourth: Stage<D, E>,
  fifth: Stage<E, F>,
): Stage<A, F>;
export function compose(
  first: Stage<unknown, unknown>,
  ...others: readonly Stage<unknown, unknown>[]
): Stage<unknown, unknown> {
  return others.reduce((front, back) => new Fused(front, back), first);
}

class Fused<In, Middle, Out> implements StreamTransformer<In, Out> {
  readonly fail?: (error: unknown, emit: Emit<Out>) => void;
  readonly #front: Stage<In, Middle>;
  readonly #back: Stage<Middle, Out>;
  readonly #forward: Emit<Middle> = (item) => {
    if (this.#emit !== undefined) this.#back.push(item, this.#emit);
  };
  #emit: Emit<Out> | undefined;

  constructor(front: Stage<In, Middle>, back: Stage<Middle, Out>) {
    this.#front = front;
    this.#back = back;
    if (front.fail !== undefined) {
      this.fail = (error, emit) => {
        this.#emit = emit;
        front.fail?.(error, this.#forward);
        back.finish(emit);
      };
    } else if (back.fail !== undefined) {
      this.fail = (error, emit) => back.fail?.(error, emit);
    }
  }

  push(input: In, emit: Emit<Out>): void {
    this.#emit = emit;
    this.#front.push(input, this.#forward);
  }

  finish(emit: Emit<Out>): void {
    this.#emit = emit;
    this.#front.finish(this.#forward);
    this.#back.finish(emit);
  }
}
