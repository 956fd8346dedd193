import { GatewayError, type CanonicalEvent } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import { AssembledCall, type ToolCallDelta } from './assembled-call.js';
import { deterministicId } from './deterministic-id.js';
import { UniqueIds } from './unique-ids.js';

/** Calls in one answer. */
export const MAX_TOOL_CALLS = 1024;
/** UTF-16 units of arguments that wait for the id or the name of their call. */
export const MAX_PENDING_ARGUMENT_CHARS = 16 * 1024 * 1024;

export interface ToolCallAssemblerOptions {
  /** Seed of the ids that the vendor does not give. */
  readonly requestId: string;
  /** Takes the next free block index of the answer. */
  readonly nextBlockIndex: () => number;
  /** The client's name of a tool that the vendor calls by this one; default: the same. */
  readonly nameOf?: (wireName: string) => string;
  /** Default `MAX_PENDING_ARGUMENT_CHARS`. */
  readonly maxPendingChars?: number;
}

/**
 * Pieces of tool calls as OpenAI's imitators stream them → blocks of the event grammar, each with an id and a name of its own.
 *
 * A block starts as soon as its id and its name are known; arguments that came earlier follow the start. `finish` starts what
 * is still waiting, in the order of the vendor's indices, with made-up ids and names (`tool_0`); entries without id, name and
 * arguments never become a block. Arguments pass through as they are: empty stays empty.
 *
 * Several calls that share an index (Ollama, Google's compatibility layer) are told apart by a new id together with a name;
 * a new id alone is not enough, because some vLLM releases put a fresh id on every piece.
 *
 * @throws GatewayError `upstream_invalid_response` from `push` when a limit is exceeded
 */
export class ToolCallAssembler {
  readonly #options: ToolCallAssemblerOptions;
  readonly #calls: AssembledCall[] = [];
  readonly #byIndex = new Map<number, AssembledCall>();
  readonly #ids = new UniqueIds();
  #last: AssembledCall | undefined;
  #pendingChars = 0;
  #hasFinished = false;

  constructor(options: ToolCallAssemblerOptions) {
    this.#options = options;
  }

  /** How many calls have become blocks. "The answer ends with tool calls" is true only above zero. */
  get callCount(): number {
    return this.#ids.count;
  }

  push(delta: ToolCallDelta, emit: Emit<CanonicalEvent>): void {
    if (this.#hasFinished) return; // after the finish reason nothing may be added to the answer
    const call = this.#find(delta) ?? this.#add(delta);
    this.#last = call;
    this.#pendingChars += call.take(delta, emit);
    if (this.#pendingChars > (this.#options.maxPendingChars ?? MAX_PENDING_ARGUMENT_CHARS)) {
      throw invalid('The vendor sent tool arguments without saying which tool they are for.');
    }
    if (call.vendorId !== undefined && call.name !== undefined) this.#start(call, call.vendorId, emit);
  }

  /** Closes every call; belated ones get their start now. Later pieces are ignored. */
  finish(emit: Emit<CanonicalEvent>): void {
    if (this.#hasFinished) return;
    this.#hasFinished = true;
    const belated = this.#calls.filter((call) => !call.hasStarted && call.hasSignal).sort(byVendorIndex);
    for (const call of this.#calls) call.end(emit);
    for (const call of belated) {
      call.name ??= `tool_${call.vendorIndex ?? call.position}`;
      this.#start(call, call.vendorId ?? this.#inventId(call), emit);
      call.end(emit);
    }
  }

  #find(delta: ToolCallDelta): AssembledCall | undefined {
    const call = delta.index === undefined ? this.#withoutIndex(delta) : this.#byIndex.get(delta.index);
    return call?.isOver(delta) === true ? undefined : call;
  }

  #withoutIndex({ id, name }: ToolCallDelta): AssembledCall | undefined {
    if (isEmpty(id)) return this.#last;
    const known = this.#calls.findLast(({ vendorId }) => vendorId === id);
    if (known !== undefined) return known;
    const isLateId = isEmpty(name) && this.#last?.vendorId === undefined;
    return isLateId ? this.#last : undefined;
  }

  #add(delta: ToolCallDelta): AssembledCall {
    if (this.#calls.length >= MAX_TOOL_CALLS) throw invalid(`The vendor sent more than ${MAX_TOOL_CALLS} tool calls.`);
    const call = new AssembledCall(this.#calls.length, delta.index);
    this.#calls.push(call);
    if (delta.index !== undefined) this.#byIndex.set(delta.index, call);
    return call;
  }

  #start(call: AssembledCall, id: string, emit: Emit<CanonicalEvent>): void {
    if (call.hasStarted) return;
    const { nextBlockIndex, nameOf } = this.#options;
    const wireName = call.name ?? '';
    const name = nameOf === undefined ? wireName : nameOf(wireName);
    this.#pendingChars -= call.start({ id: this.#ids.take(id), name, index: nextBlockIndex() }, emit);
  }

  #inventId(call: AssembledCall): string {
    return deterministicId('call_', [this.#options.requestId, call.position]);
  }
}

function byVendorIndex(left: AssembledCall, right: AssembledCall): number {
  return (left.vendorIndex ?? left.position) - (right.vendorIndex ?? right.position);
}

function isEmpty(text: string | undefined): boolean {
  return text === undefined || text === '';
}

function invalid(message: string): GatewayError {
  return new GatewayError({ kind: 'upstream_invalid_response', message });
}
