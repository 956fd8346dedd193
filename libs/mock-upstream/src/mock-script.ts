import type { MockBehaviour } from './behaviour.js';
import type { MockRequest } from './mock-request.js';

/** Behaviours that wait, and rules that stand; a test that needs more has a loop too many. */
export const MAX_SCRIPT_ENTRIES = 10_000;

/** Tells whether a rule is for a request. */
export type RequestPredicate = (request: MockRequest) => boolean;

interface Rule {
  readonly predicate: RequestPredicate;
  readonly behaviour: MockBehaviour;
}

/** What a test told the mock to do: a queue that requests use up in order, and rules that stay. */
export class MockScript {
  readonly #queue: MockBehaviour[] = [];
  readonly #rules = new Set<Rule>();

  /** Whether there is nothing to look up. */
  get isEmpty(): boolean {
    return this.#queue.length === 0 && this.#rules.size === 0;
  }

  /** Queued behaviours that no request has used. */
  get waiting(): number {
    return this.#queue.length;
  }

  enqueue(behaviour: MockBehaviour): void {
    this.#requireRoom();
    this.#queue.push(behaviour);
  }

  /** Adds a rule; the returned function takes it away. */
  addRule(predicate: RequestPredicate, behaviour: MockBehaviour): () => void {
    this.#requireRoom();
    const rule: Rule = { predicate, behaviour };
    this.#rules.add(rule);
    return () => this.#rules.delete(rule);
  }

  /** The behaviour for a request: all matching rules, later ones over earlier ones, and the head of the queue over them. */
  take(request: MockRequest): MockBehaviour {
    let behaviour: MockBehaviour = {};
    for (const rule of this.#rules) {
      if (rule.predicate(request)) behaviour = { ...behaviour, ...rule.behaviour };
    }
    return { ...behaviour, ...this.#queue.shift() };
  }

  clear(): void {
    this.#queue.length = 0;
    this.#rules.clear();
  }

  #requireRoom(): void {
    if (this.#queue.length + this.#rules.size >= MAX_SCRIPT_ENTRIES) {
      throw new RangeError(`a script has at most ${MAX_SCRIPT_ENTRIES} entries`);
    }
  }
}
