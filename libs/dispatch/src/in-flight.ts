import { GatewayError } from '@sluice/core';
import type { Exchange } from './exchange.js';

/**
 * The open exchanges, so that a stopping process can wait for them and, in the end, break them off politely.
 *
 * Hot path: a list in which each exchange knows its place. A `Set` leaves its outgrown tables behind, and as they hold
 * exchanges that are long over, these reach the old generation: with 64 clients that made every scavenge five times as long.
 */
export class InFlight {
  readonly #open: Exchange[] = [];
  #whenIdle: (() => void)[] = [];
  #isDraining = false;
  #isOver = false;

  get size(): number {
    return this.#open.length;
  }

  /** In no particular order, which changes as exchanges end. */
  get open(): readonly Exchange[] {
    return this.#open;
  }

  /** True from `startDraining` on: answers ask for their connection to be closed. */
  get isDraining(): boolean {
    return this.#isDraining;
  }

  startDraining(): void {
    this.#isDraining = true;
  }

  /** After `interruptAll` an exchange is interrupted as it is added. */
  add(exchange: Exchange): void {
    exchange.openSlot = this.#open.push(exchange) - 1;
    if (this.#isOver) exchange.interrupt(shuttingDown());
  }

  remove(exchange: Exchange): void {
    const slot = exchange.openSlot;
    if (slot === undefined) return;
    exchange.openSlot = undefined;
    const last = this.#open.pop();
    if (last !== undefined && last !== exchange) {
      this.#open[slot] = last;
      last.openSlot = slot;
    }
    if (this.#open.length > 0) return;
    const listeners = this.#whenIdle;
    this.#whenIdle = [];
    for (const listener of listeners) listener();
  }

  /** Resolves when no exchange is open. */
  idle(): Promise<void> {
    if (this.#open.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  /** Ends every open exchange, and each that still comes, with an error in its client's format. */
  interruptAll(): void {
    this.#isOver = true;
    for (const exchange of [...this.#open]) exchange.interrupt(shuttingDown());
  }
}

function shuttingDown(): GatewayError {
  return new GatewayError({
    kind: 'shutting_down',
    message: 'The gateway is restarting. Try again in a moment.',
  });
}
