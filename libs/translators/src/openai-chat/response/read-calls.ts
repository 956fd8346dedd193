import type { JsonObject, ToolCallBlock } from '@sluice/core';
import {
  carryUnknown,
  deterministicId,
  nestedMember,
  objectMember,
  textMember,
  UniqueIds,
} from '@sluice/translator-kit';
import { carry } from '../carried.js';
import { thoughtSignature } from '../thought-signature.js';
import { argumentsOf, callsIn, wrapCustomInput } from '../tool-arguments.js';

const CALL: ReadonlySet<string> = new Set(['id', 'type', 'function']);
/** Also carries its type: a function's goes without saying. */
const CUSTOM_CALL: ReadonlySet<string> = new Set(['id', 'custom']);
const FUNCTION: ReadonlySet<string> = new Set(['name', 'arguments']);
const CUSTOM: ReadonlySet<string> = new Set(['name', 'input']);

/** Reads the calls of one answer; gives ids and names to those that came without, and different ids to different calls. */
export class AnswerCalls {
  readonly #requestId: string;
  readonly #ids = new UniqueIds();
  #position = 0;

  /**
   * @param requestId the seed of made-up ids
   * @param nameOf the client's name of a tool that the vendor calls by this one
   */
  constructor(
    requestId: string,
    private readonly nameOf: (wireName: string) => string,
  ) {
    this.#requestId = requestId;
  }

  get count(): number {
    return this.#ids.count;
  }

  /** `tool_calls` and the older `function_call` of a message. Entries that say nothing are left out. */
  read(message: JsonObject): readonly ToolCallBlock[] {
    const legacy = objectMember(message, 'function_call');
    const calls = callsIn(message);
    return (legacy === undefined ? calls : [...calls, { function: legacy }]).flatMap((call) => this.#readCall(call));
  }

  #readCall(call: JsonObject): readonly ToolCallBlock[] {
    const position = this.#position++;
    const custom = objectMember(call, 'custom');
    const called = custom ?? objectMember(call, 'function') ?? {};
    const id = textMember(call, 'id');
    const name = textMember(called, 'name');
    const argumentsJson =
      custom === undefined ? argumentsOf(called) : wrapCustomInput(textMember(custom, 'input') ?? '');
    if (id === undefined && name === undefined && argumentsJson === '') return [];
    const signature = thoughtSignature(call);
    return [
      {
        type: 'tool-call',
        id: this.#ids.take(id ?? deterministicId('call_', [this.#requestId, position])),
        name: name === undefined ? `tool_${position}` : this.nameOf(name),
        argumentsJson,
        ...(signature !== undefined && { signature }),
        ...(custom === undefined
          ? carry(carryUnknown(call, CALL), nestedMember('function', carryUnknown(called, FUNCTION)))
          : carry(carryUnknown(call, CUSTOM_CALL), nestedMember('custom', carryUnknown(called, CUSTOM)))),
      },
    ];
  }
}
