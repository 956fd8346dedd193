import type { CanonicalEvent, JsonObject } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import { invalidResponse, MAX_PENDING_ARGUMENT_CHARS, textMember, withoutMembers } from '@sluice/translator-kit';
import { carryMore } from '../carried.js';
import { CUSTOM_CLOSING, CUSTOM_OPENING, escapePiece } from '../items/custom-input.js';
import { argumentsOf, callExtensions } from '../items/decode-item.js';
import { qualifiedName } from '../items/tool-namespace.js';
import type { AnswerFactsSoFar, ItemEvent, ItemReader } from './item-reader.js';

const DELTAS: ReadonlySet<string> = new Set([
  'response.function_call_arguments.delta',
  'response.custom_tool_call_input.delta',
]);
const DONES: ReadonlySet<string> = new Set([
  'response.function_call_arguments.done',
  'response.custom_tool_call_input.done',
]);

/** A call of one of the client's tools. Its block begins when its name is known, which may be at its end. */
export class CallReader implements ItemReader {
  readonly #facts: AnswerFactsSoFar;
  readonly #isCustom: boolean;
  readonly #id: string;
  #item: JsonObject;
  #index: number | undefined;
  #hasArguments = false;
  /** Arguments that came before the name. */
  #pending = '';

  constructor(item: JsonObject, facts: AnswerFactsSoFar, emit: Emit<CanonicalEvent>) {
    this.#facts = facts;
    this.#isCustom = item['type'] === 'custom_tool_call';
    this.#id = textMember(item, 'id') ?? facts.makeId(this.#isCustom ? 'ctc_' : 'fc_');
    this.#item = item;
    this.#begin(emit);
  }

  /** @throws GatewayError `upstream_invalid_response` when more waits for a name than can be held */
  push({ type, value }: ItemEvent, emit: Emit<CanonicalEvent>): boolean {
    if (DELTAS.has(type)) {
      this.#grow(value['delta'], emit);
      return true;
    }
    if (!DONES.has(type)) return false;
    const name = textMember(value, 'name');
    if (name !== undefined && this.#item['name'] === undefined) this.#item = { ...this.#item, name };
    this.#begin(emit);
    if (!this.#hasArguments) this.#grow(value[this.#isCustom ? 'input' : 'arguments'], emit);
    return true;
  }

  end(item: JsonObject | undefined, emit: Emit<CanonicalEvent>): void {
    if (item !== undefined) {
      this.#item = { ...this.#item, ...item };
      this.#begin(emit);
      if (!this.#hasArguments) this.#growWhole(item, emit);
    }
    if (this.#index === undefined) return; // a call without a name is none
    const isCut = item === undefined; // half a text must not look like a whole one
    if (this.#isCustom && this.#hasArguments && !isCut) this.#say(CUSTOM_CLOSING, emit);
    const rest = callExtensions(isCut ? this.#begun() : this.#item);
    emit({ type: 'block-end', index: this.#index, ...carryMore(rest, { id: this.#id }) });
  }

  #begin(emit: Emit<CanonicalEvent>): void {
    const name = textMember(this.#item, 'name');
    if (this.#index !== undefined || name === undefined) return;
    const { restorer } = this.#facts;
    const callId = textMember(this.#item, 'call_id') ?? textMember(this.#item, 'id') ?? '';
    const qualified = restorer.nameOf(qualifiedName(name, textMember(this.#item, 'namespace')));
    const index = this.#facts.takeIndex();
    this.#index = index;
    this.#facts.noteCall();
    emit({
      type: 'block-start',
      index,
      block: { type: 'tool-call', id: restorer.idOf(callId), name: qualified },
      ...carryMore(callExtensions(this.#begun()), { id: this.#id }),
    });
    const pending = this.#pending;
    this.#pending = '';
    if (pending !== '') emit({ type: 'block-delta', index, delta: pending });
  }

  /** The item without what it says of its state, which will change. */
  #begun(): JsonObject {
    return withoutMembers(this.#item, ['status']) ?? {};
  }

  #growWhole(item: JsonObject, emit: Emit<CanonicalEvent>): void {
    const whole = this.#isCustom ? item['input'] : argumentsOf(item);
    this.#grow(whole, emit);
    if (this.#isCustom && !this.#hasArguments) {
      this.#hasArguments = true;
      this.#say(CUSTOM_OPENING, emit);
    }
  }

  #grow(piece: unknown, emit: Emit<CanonicalEvent>): void {
    if (typeof piece !== 'string' || piece === '') return;
    const isFirst = !this.#hasArguments;
    this.#hasArguments = true;
    this.#say(this.#isCustom ? (isFirst ? CUSTOM_OPENING : '') + escapePiece(piece) : piece, emit);
  }

  #say(delta: string, emit: Emit<CanonicalEvent>): void {
    if (this.#index !== undefined) return emit({ type: 'block-delta', index: this.#index, delta });
    this.#pending += delta;
    if (this.#pending.length > MAX_PENDING_ARGUMENT_CHARS) {
      throw invalidResponse('The vendor sent more arguments of a call without a name than can be held.');
    }
  }
}
