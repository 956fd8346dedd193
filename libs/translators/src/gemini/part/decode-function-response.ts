import type { ContentBlock, JsonObject, ToolResultBlock } from '@sluice/core';
import {
  carryUnknown,
  nestedMember,
  objectMember,
  objectsMember,
  parseJsonObject,
  saidAs,
  textMember,
} from '@sluice/translator-kit';
import { carry } from '../carried.js';
import { inCamelCase } from '../member-names.js';
import { NAMED_WRAPPER } from './named-wrapper.js';

const PART: ReadonlySet<string> = new Set(['functionResponse']);
const RESPONSE: ReadonlySet<string> = new Set(['id', 'name', 'response', 'parts']);

/** Members that stand alone around a plain text, the one that we write first. */
const WRAPPERS = ['result', 'output', 'error'] as const;

export interface ResponsePlace {
  /** The call that is answered. */
  readonly callId: string;
  readonly decodeNested: (part: JsonObject) => ContentBlock;
}

interface SaidResponse {
  readonly text: string;
  readonly isError?: true;
  /** The wrapper, where the encoder would choose another one. */
  readonly wrapper?: string;
}

/**
 * A function's response. The model is shown an object; a text that stands alone in the usual wrapper is the result itself,
 * anything else is its JSON.
 */
export function decodeFunctionResponse(
  part: JsonObject,
  wire: JsonObject,
  { callId, decodeNested }: ResponsePlace,
): ToolResultBlock {
  const response = inCamelCase(wire, RESPONSE);
  const name = textMember(response, 'name');
  const { text, isError, wrapper } = readResponse(objectMember(response, 'response') ?? {}, name);
  const media = objectsMember(response, 'parts').map(decodeNested);
  const content: ContentBlock[] = [...(text === '' ? [] : [{ type: 'text' as const, text }]), ...media];
  const id = textMember(response, 'id');
  return {
    type: 'tool-result',
    callId,
    ...(name !== undefined && { name }),
    content,
    ...(isError && { isError }),
    ...carry(
      carryUnknown(part, PART),
      nestedMember('functionResponse', carryUnknown(response, RESPONSE)),
      spellingOf({ wrapper, ownId: id === callId ? undefined : id }),
    ),
  };
}

/** How the client wrote what the block says. */
function spellingOf({ wrapper, ownId }: { readonly wrapper: string | undefined; readonly ownId: string | undefined }) {
  if (wrapper === undefined && ownId === undefined) return undefined;
  return saidAs({ ...(wrapper !== undefined && { wrapper }), ...(ownId !== undefined && { ownId }) });
}

function readResponse(response: JsonObject, functionName: string | undefined): SaidResponse {
  const names = Object.keys(response);
  const named = response[NAMED_WRAPPER];
  if (names.length === 2 && typeof named === 'string' && response['name'] === functionName)
    return { text: named, wrapper: NAMED_WRAPPER };
  const [only] = names;
  const wrapper = names.length === 1 ? WRAPPERS.find((known) => known === only) : undefined;
  const value = wrapper && response[wrapper];
  if (wrapper === 'error' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return { text: JSON.stringify(value), isError: true };
  }
  if (wrapper === undefined || typeof value !== 'string') return { text: JSON.stringify(response) };
  const isAmbiguous = wrapper === 'output' || parseJsonObject(value) !== undefined;
  return { text: value, ...(wrapper === 'error' && { isError: true }), ...(isAmbiguous && { wrapper }) };
}
