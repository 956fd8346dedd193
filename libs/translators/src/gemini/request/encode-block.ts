import type { ContentBlock, JsonObject, ReasoningBlock, Signature, ToolCallBlock, ToolResultBlock } from '@sluice/core';
import { objectMember, parseJsonObject, restoreMembers } from '@sluice/translator-kit';
import { carriedBy, FORMAT, without } from '../carried.js';
import { idMember } from '../part/call-id.js';
import { encodeMedia } from './encode-media.js';
import type { RequestScope } from './request-scope.js';

const CALL = ['functionCall'];

/** A block of a turn as a part; undefined where nothing is left of it. Results are encoded by whoever pairs them. */
export function encodeBlock(
  block: Exclude<ContentBlock, ToolResultBlock>,
  path: string,
  scope: RequestScope,
): JsonObject | undefined {
  if (block.cache !== undefined) scope.cacheMarker();
  switch (block.type) {
    case 'text':
      if (block.text === '') return undefined; // Google refuses empty text
      return restoreMembers({ text: block.text, ...signatureMember(block.signature, scope) }, carriedBy(block));
    case 'refusal':
      return block.text === '' ? undefined : { text: block.text };
    case 'reasoning':
      return encodeReasoning(block, path, scope);
    case 'tool-call':
      return encodeCall(block, path, scope);
    case 'image':
    case 'document':
    case 'audio':
      return encodeMedia(block, path, scope);
    case 'server-tool':
      if (block.raw.format === FORMAT) return block.raw.value;
      scope.dropped(path, `Google cannot be shown a tool that another vendor ran (${block.tool}).`);
      return undefined;
    case 'opaque':
      if (block.format === FORMAT) return block.value;
      scope.dropped(path, `Google cannot be shown a block that only ${block.format} knows.`);
      return undefined;
    default:
      return unknownBlock(block);
  }
}

/** Reasoning that another vendor signed or hid is that vendor's alone. */
function encodeReasoning(block: ReasoningBlock, path: string, scope: RequestScope): JsonObject | undefined {
  const { text, signature, redacted } = block;
  const isForeign = redacted !== undefined || signature?.family === 'anthropic' || signature?.family === 'openai';
  if (isForeign) {
    scope.dropped(path, 'Reasoning that another vendor signed or hid was left out.');
    return undefined;
  }
  const proof = signatureMember(signature, scope);
  if (text === '' && proof['thoughtSignature'] === undefined) return undefined;
  const carried = carriedBy(block);
  const isHidden = carried?.['thought'] === false;
  return restoreMembers(
    { text, ...(!isHidden && { thought: true }), ...proof },
    isHidden ? without(carried, ['thought']) : carried,
  );
}

function encodeCall(block: ToolCallBlock, path: string, scope: RequestScope): JsonObject {
  const args = parseJsonObject(block.argumentsJson);
  if (args === undefined && block.argumentsJson.trim() !== '') {
    scope.changed(path, 'The arguments of this call are no JSON object; Google is sent an empty one.');
  }
  const carried = carriedBy(block);
  const call: JsonObject = { ...idMember(block.id), name: scope.names.toWire(block.name), args: args ?? {} };
  return {
    functionCall: restoreMembers(call, objectMember(carried, 'functionCall')),
    ...signatureMember(block.signature, scope),
    ...without(carried, CALL),
  };
}

/** Only what Google signed may be shown to it again. */
function signatureMember(signature: Signature | undefined, scope: RequestScope): JsonObject {
  if (signature === undefined) return {};
  if (signature.family === FORMAT) return { thoughtSignature: signature.value };
  scope.foreignSignature();
  return {};
}

function unknownBlock(block: never): never {
  throw new TypeError(`unknown block ${JSON.stringify(block)}`);
}
