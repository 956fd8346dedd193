import type { JsonObject, ToolCallBlock } from '@sluice/core';
import {
  carryUnknown,
  invalidRequest,
  nestedMember,
  objectMember,
  objectsMember,
  textMember,
} from '@sluice/translator-kit';
import { carry } from '../carried.js';
import { argumentsOf, wrapCustomInput } from '../tool-arguments.js';
import { thoughtSignature } from '../thought-signature.js';

const CALL: ReadonlySet<string> = new Set(['id', 'type', 'function']);
const CUSTOM_CALL: ReadonlySet<string> = new Set(['id', 'custom']); // its type is carried: a function's goes without saying
const FUNCTION: ReadonlySet<string> = new Set(['name', 'arguments']);
const CUSTOM: ReadonlySet<string> = new Set(['name', 'input']);

/** Functions had no ids: a call and the next answer belong together. */
export class LegacyCalls {
  #count = 0;

  call(): string {
    this.#count += 1;
    return `call_fn_${this.#count}`;
  }

  answer(): string {
    return `call_fn_${this.#count}`;
  }
}

/**
 * The calls in an assistant's message: `tool_calls`, and the older `function_call`.
 * @throws GatewayError `invalid_request` for a call without a name
 */
export function decodeHistoryCalls(message: JsonObject, path: string, legacyCalls: LegacyCalls): ToolCallBlock[] {
  const calls = objectsMember(message, 'tool_calls').map((call, index) =>
    decodeCall(call, `${path}.tool_calls[${index}]`),
  );
  const legacy = objectMember(message, 'function_call');
  if (legacy === undefined) return calls;
  const name = textMember(legacy, 'name') ?? '';
  return [...calls, { type: 'tool-call', id: legacyCalls.call(), name, argumentsJson: argumentsOf(legacy) }];
}

function decodeCall(call: JsonObject, path: string): ToolCallBlock {
  const id = textMember(call, 'id') ?? '';
  const custom = objectMember(call, 'custom');
  if (custom !== undefined) {
    const name = requireName(custom, `${path}.custom.name`);
    const argumentsJson = wrapCustomInput(textMember(custom, 'input') ?? '');
    const inner = nestedMember('custom', carryUnknown(custom, CUSTOM));
    return { type: 'tool-call', id, name, argumentsJson, ...carry(carryUnknown(call, CUSTOM_CALL), inner) };
  }
  const called = objectMember(call, 'function') ?? {};
  const signature = thoughtSignature(call);
  return {
    type: 'tool-call',
    id,
    name: requireName(called, `${path}.function.name`),
    argumentsJson: argumentsOf(called),
    ...(signature !== undefined && { signature }),
    ...carry(carryUnknown(call, CALL), nestedMember('function', carryUnknown(called, FUNCTION))),
  };
}

function requireName(called: JsonObject, param: string): string {
  const name = textMember(called, 'name');
  if (name === undefined) throw invalidRequest(`"${param}" is missing.`, param);
  return name;
}
