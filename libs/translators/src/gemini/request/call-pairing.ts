import type { JsonObject } from '@sluice/core';
import { textMember } from '@sluice/translator-kit';
import { inventCallId } from '../part/call-id.js';

interface PendingCall {
  readonly id: string;
  readonly name: string;
  readonly isMadeUp: boolean;
}

/**
 * Which response answers which call, in a history where both may come without ids. An id says it; without one the first
 * unanswered call of the same name is meant. Made-up ids depend on position, name and arguments only.
 */
export class CallPairing {
  readonly #pending: PendingCall[] = [];

  /** @param position message and part */
  call(call: JsonObject, position: readonly number[]): string {
    const name = textMember(call, 'name') ?? '';
    const own = textMember(call, 'id');
    const id = own ?? inventCallId([...position, name, JSON.stringify(call['args'] ?? {})]);
    this.#pending.push({ id, name, isMadeUp: own === undefined });
    return id;
  }

  /** The id of the answered call; of a response that answers none its own, or a made-up one. */
  response(response: JsonObject, position: readonly number[]): string {
    const name = textMember(response, 'name') ?? '';
    const own = textMember(response, 'id');
    const index = own === undefined ? this.#firstOf(name) : this.#withId(own, name);
    const [call] = index < 0 ? [] : this.#pending.splice(index, 1);
    return call?.id ?? own ?? inventCallId([...position, name]);
  }

  #firstOf(name: string): number {
    return this.#pending.findIndex((call) => call.name === name);
  }

  #withId(id: string, name: string): number {
    const exact = this.#pending.findIndex((call) => call.id === id);
    return exact >= 0 ? exact : this.#pending.findIndex((call) => call.isMadeUp && call.name === name);
  }
}
