import type { ContentBlock, JsonObject, MediaBlock, ReasoningBlock, ToolCallBlock } from '@sluice/core';
import { objectMember, parseJsonObject, restoreMembers } from '@sluice/translator-kit';
import { carriedBy, FORMAT, without } from '../carried.js';
import { idMember } from '../part/call-id.js';
import { mediaTypeOf } from '../part/media-type.js';

const NESTED = ['functionCall', 'inlineData', 'fileData'];

/** Where arguments stand that are no JSON object, so that the client can see what the model wrote. */
const RAW_MEMBER = '_raw';

/** A block of an answer as a part for a client; undefined where this format has none for it. */
export function encodeAnswerPart(block: ContentBlock): JsonObject | undefined {
  switch (block.type) {
    case 'text':
      return restoreMembers({ text: block.text, ...proofOf(block) }, carriedBy(block));
    case 'refusal':
      return { text: block.text };
    case 'reasoning':
      return reasoningPart(block);
    case 'tool-call':
      return callPart(block);
    case 'image':
    case 'document':
    case 'audio':
      return mediaPart(block);
    case 'server-tool':
      return block.raw.format === FORMAT ? block.raw.value : undefined;
    case 'opaque':
      return block.format === FORMAT ? block.value : undefined;
    case 'tool-result':
      return undefined; // a client's own words; no vendor answers with one
    default:
      return unknownBlock(block);
  }
}

/** A proof without text is no thought to be shown; reasoning that a vendor keeps sealed has no place here. */
function reasoningPart(block: ReasoningBlock): JsonObject | undefined {
  if (block.redacted !== undefined) return undefined;
  const carried = carriedBy(block);
  const isHidden = carried?.['thought'] === false;
  const part = { text: block.text, ...(!isHidden && { thought: true }), ...proofOf(block) };
  return restoreMembers(part, isHidden ? without(carried, ['thought']) : carried);
}

function callPart(block: ToolCallBlock): JsonObject {
  const carried = carriedBy(block);
  const call = { ...idMember(block.id), name: block.name, args: argumentsOf(block.argumentsJson) };
  return {
    functionCall: restoreMembers(call, objectMember(carried, 'functionCall')),
    ...proofOf(block),
    ...without(carried, NESTED),
  };
}

function argumentsOf(argumentsJson: string): JsonObject {
  if (argumentsJson.trim() === '') return {};
  return parseJsonObject(argumentsJson) ?? { [RAW_MEMBER]: argumentsJson };
}

function mediaPart(block: MediaBlock): JsonObject {
  const { source, title } = block;
  const carried = carriedBy(block);
  const described = { mimeType: mediaTypeOf(block).mediaType, ...(title !== undefined && { displayName: title }) };
  const media =
    source.kind === 'base64'
      ? { inlineData: restoreMembers({ ...described, data: source.value }, objectMember(carried, 'inlineData')) }
      : { fileData: restoreMembers({ ...described, fileUri: source.value }, objectMember(carried, 'fileData')) };
  return { ...media, ...without(carried, NESTED) };
}

/** Whoever signed it: the client only keeps it. */
function proofOf(block: { readonly signature?: { readonly value: string } }): JsonObject {
  return block.signature === undefined ? {} : { thoughtSignature: block.signature.value };
}

function unknownBlock(block: never): never {
  throw new TypeError(`unknown block ${JSON.stringify(block)}`);
}
