import type { JsonObject, ToolResultBlock } from '@sluice/core';
import { objectMember, parseJsonObject, restoreMembers, textMember, textOfBlocks } from '@sluice/translator-kit';
import { carriedBy, without } from '../carried.js';
import { idMember } from './call-id.js';
import { NAMED_WRAPPER } from './named-wrapper.js';

/** Members of ours in what a function response carries. */
const OWN = ['wrapper', 'ownId', 'functionResponse'];

export interface ResponseParts {
  readonly name: string;
  /** What the result holds besides text. */
  readonly media: readonly JsonObject[];
}

/** A tool's result as the part that answers the call `name`. @see https://ai.google.dev/api/caching#FunctionResponse */
export function encodeFunctionResponse(block: ToolResultBlock, { name, media }: ResponseParts): JsonObject {
  const carried = carriedBy(block);
  const ownId = textMember(carried, 'ownId');
  const response: JsonObject = {
    ...(ownId === undefined ? idMember(block.callId) : { id: ownId }),
    name,
    response: responseOf(block, name, textMember(carried, 'wrapper')),
    ...(media.length > 0 && { parts: media }),
  };
  return {
    functionResponse: restoreMembers(response, objectMember(carried, 'functionResponse')),
    ...without(carried, OWN),
  };
}

/** An object: the result itself where it is one, else its text in a wrapper that says whether the tool failed. */
function responseOf({ content, isError }: ToolResultBlock, name: string, wrapper: string | undefined): JsonObject {
  const text = textOfBlocks(content, '\n');
  if (wrapper === NAMED_WRAPPER) return { name, [NAMED_WRAPPER]: text };
  if (wrapper !== undefined) return { [wrapper]: text };
  const object = parseJsonObject(text);
  if (isError === true) return { error: object ?? text };
  return object ?? { result: text };
}
