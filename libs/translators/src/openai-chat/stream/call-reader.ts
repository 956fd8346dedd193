import { isJsonObject, type CanonicalEvent, type JsonObject } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import {
  carryUnknown,
  countMember,
  MAX_TOOL_CALLS,
  nestedMember,
  objectMember,
  textMember,
  ToolCallAssembler,
  type ToolCallAssemblerOptions,
} from '@sluice/translator-kit';
import { carry } from '../carried.js';
import { thoughtSignature } from '../thought-signature.js';
import { argumentsOf } from '../tool-arguments.js';

const CALL: ReadonlySet<string> = new Set(['index', 'id', 'type', 'function', 'custom']);
const FUNCTION: ReadonlySet<string> = new Set(['name', 'arguments']);
const CUSTOM: ReadonlySet<string> = new Set(['name', 'input']);
const CUSTOM_TYPE: JsonObject = { type: 'custom' };

/** The older `function_call` has no index of its own. */
const LEGACY_INDEX = MAX_TOOL_CALLS - 1;

/** Around the text of a custom call, so that it becomes the arguments of a function with one parameter. */
const CUSTOM_OPENING = '{"input":"';
const CUSTOM_CLOSING = '"}';

/** Pieces of tool calls in deltas → pieces that the assembler understands. */
export class CallReader {
  readonly #assembler: ToolCallAssembler;
  /** Indices of custom calls, in whose text we are. */
  readonly #custom = new Set<number>();
  #hasBegun = false;

  constructor(options: ToolCallAssemblerOptions) {
    this.#assembler = new ToolCallAssembler(options);
  }

  /** Whether the vendor said anything of a call. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** How many calls became blocks. */
  get count(): number {
    return this.#assembler.callCount;
  }

  /**
   * @param choice the number of the choice; calls of different choices are different calls
   * @throws GatewayError `upstream_invalid_response` when the assembler's limits are exceeded
   */
  push(call: JsonObject, choice: number, emit: Emit<CanonicalEvent>): void {
    this.#hasBegun ||= saysSomething(call);
    const own = countMember(call, 'index');
    const index = own === undefined || choice === 0 ? own : choice * MAX_TOOL_CALLS + own;
    const custom = objectMember(call, 'custom');
    if (custom !== undefined) return this.#pushCustom(call, custom, index ?? 0, emit);
    const called = objectMember(call, 'function');
    const argumentsJson = called && argumentsOf(called);
    const rest = carryUnknown(call, CALL);
    const inner = called && nestedMember('function', carryUnknown(called, FUNCTION));
    const id = textMember(call, 'id');
    const name = textMember(called, 'name');
    if (rest === undefined && inner === undefined) this.#assembler.push({ index, id, name, argumentsJson }, emit);
    else {
      const signature = thoughtSignature(call);
      this.#assembler.push({ index, id, name, argumentsJson, signature, ...carry(rest, inner) }, emit);
    }
  }

  pushLegacy(called: JsonObject, emit: Emit<CanonicalEvent>): void {
    this.#hasBegun = true;
    this.#assembler.push(
      { index: LEGACY_INDEX, name: textMember(called, 'name'), argumentsJson: argumentsOf(called) },
      emit,
    );
  }

  finish(emit: Emit<CanonicalEvent>): void {
    for (const index of this.#custom) this.#assembler.push({ index, argumentsJson: CUSTOM_CLOSING }, emit);
    this.#custom.clear();
    this.#assembler.finish(emit);
  }

  #pushCustom(call: JsonObject, custom: JsonObject, index: number, emit: Emit<CanonicalEvent>): void {
    const isNew = !this.#custom.has(index);
    this.#custom.add(index);
    const text = textMember(custom, 'input') ?? '';
    this.#assembler.push(
      {
        index,
        id: textMember(call, 'id'),
        name: textMember(custom, 'name'),
        argumentsJson: (isNew ? CUSTOM_OPENING : '') + JSON.stringify(text).slice(1, -1),
        ...carry(
          carryUnknown(call, CALL),
          nestedMember('custom', carryUnknown(custom, CUSTOM)),
          isNew ? CUSTOM_TYPE : undefined,
        ),
      },
      emit,
    );
  }
}

/** Whether a piece says anything; vendors open answers with empty ones. */
export function saysSomething(call: JsonObject): boolean {
  const called = call['function'] ?? call['custom'];
  if (isJsonObject(called)) for (const name in called) if (Boolean(called[name])) return true;
  return textMember(call, 'id') !== undefined;
}
