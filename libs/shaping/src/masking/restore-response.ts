import type { CanonicalResponse, ContentBlock, Extensions, FormatId, JsonObject } from '@sluice/core';
import { restoreJsonText } from './masked-json-text.js';
import { restoreValue } from './masked-json.js';
import { markProof } from './masked-proof.js';
import type { WordMask } from './word-mask.js';

/** A whole answer with the words in it again. @param client what the client speaks */
export function restoreResponse(response: CanonicalResponse, mask: WordMask, client?: FormatId): CanonicalResponse {
  const { content, finishReason, extensions } = response;
  const { stopSequence } = finishReason;
  return {
    ...response,
    content: content.map((block) => restoreBlock(block, mask, client)),
    ...(stopSequence !== undefined && { finishReason: { ...finishReason, stopSequence: mask.restore(stopSequence) } }),
    ...restoreExtensions(extensions, mask),
  };
}

/** What a node carries, with the words in it again; to be spread into the node. */
export function restoreExtensions(
  extensions: Extensions | undefined,
  mask: WordMask,
): { readonly extensions?: Extensions } {
  return extensions === undefined ? {} : { extensions: restoreObject(extensions as JsonObject, mask) as Extensions }; // bags of JSON
}

/** An object with the words in it again. */
export function restoreObject(object: JsonObject, mask: WordMask): JsonObject {
  return restoreValue(object, mask) as JsonObject; // an object stays one
}

function restoreBlock(block: ContentBlock, mask: WordMask, client: FormatId | undefined): ContentBlock {
  const extensions = restoreExtensions(block.extensions, mask);
  switch (block.type) {
    case 'text': {
      const { text, citations } = block;
      return {
        ...block,
        text: mask.restore(text),
        ...(citations !== undefined && { citations: citations.map((citation) => restoreObject(citation, mask)) }),
        ...extensions,
      };
    }
    case 'reasoning': {
      const text = mask.restore(block.text);
      const { signature } = block;
      const isChanged = signature !== undefined && text !== block.text && mask.mask(text) === block.text;
      return {
        ...block,
        text,
        ...(isChanged && { signature: markProof(signature, block.text, client) }),
        ...extensions,
      };
    }
    case 'refusal':
      return { ...block, text: mask.restore(block.text), ...extensions };
    case 'tool-call':
      return { ...block, argumentsJson: restoreJsonText(block.argumentsJson, mask), ...extensions };
    case 'tool-result':
      return { ...block, content: block.content.map((inner) => restoreBlock(inner, mask, client)), ...extensions };
    case 'server-tool': {
      const { input, result, raw } = block;
      return {
        ...block,
        ...(input !== undefined && { input: restoreValue(input, mask) }),
        ...(result !== undefined && { result: restoreValue(result, mask) }),
        raw: { ...raw, value: restoreObject(raw.value, mask) },
        ...extensions,
      };
    }
    case 'opaque':
      return { ...block, value: restoreObject(block.value, mask), ...extensions };
    case 'image':
    case 'document':
    case 'audio':
      return block.title === undefined ? block : { ...block, title: mask.restore(block.title), ...extensions };
    default:
      return unknownBlock(block);
  }
}

function unknownBlock(block: never): never {
  throw new TypeError(`unknown block ${JSON.stringify(block)}`);
}
