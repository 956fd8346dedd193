import { isJsonObject, type CacheMarker, type ContentBlock, type JsonObject, type JsonValue } from '@sluice/core';
import { carryUnknown, describeJson, invalidRequest, objectMember, objectsMember } from '@sluice/translator-kit';
import { carry, FORMAT, partition } from '../carried.js';
import { decodeAudio, decodeFile, decodeImage } from './decode-media.js';

/** How text is called: what the client says, and what the model said. */
export type TextType = 'input_text' | 'output_text';

const TEXT: ReadonlySet<string> = new Set(['type', 'text']);
const CITED_TEXT: ReadonlySet<string> = new Set([...TEXT, 'annotations']);
const REFUSAL: ReadonlySet<string> = new Set(['type', 'refusal']);

/** Members that other formats do not miss. */
const SAID: ReadonlySet<string> = new Set(['logprobs', 'prompt_cache_breakpoint']);

/** Marks a part of a message that only this format knows, so that it is not taken for an item. */
const UNKNOWN_PART: JsonObject = { part: true };

/**
 * A message's content, or a tool's output, as blocks. An empty string is none: it says nothing.
 * @param path of the content, for errors
 * @throws GatewayError `invalid_request`
 */
export function decodeContent(
  content: JsonValue | undefined,
  path: string,
  textType: TextType,
): readonly ContentBlock[] {
  if (content === undefined || content === null || content === '') return [];
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  if (!Array.isArray(content)) {
    throw invalidRequest(`"${path}" must be a string or a list of parts, but it is ${describeJson(content)}.`, path);
  }
  return content.map((part: JsonValue, index) => {
    const place = `${path}[${index}]`;
    if (isJsonObject(part)) return decodePart(part, place, textType);
    throw invalidRequest(`"${place}" must be an object, but it is ${describeJson(part)}.`, place);
  });
}

/** @throws GatewayError `invalid_request` */
export function decodePart(part: JsonObject, path: string, textType: TextType): ContentBlock {
  const cache = readCache(part);
  const block = decodeKnown(part, path, textType);
  return cache === undefined ? block : { ...block, cache };
}

function decodeKnown(part: JsonObject, path: string, textType: TextType): ContentBlock {
  const { type } = part;
  switch (type) {
    case 'input_text':
    case 'output_text':
    case 'text': {
      const text = requireText(part, 'text', path);
      const citations = objectsMember(part, 'annotations');
      const { named, others } = partition(
        carryUnknown(withoutEmptyLists(part), citations.length > 0 ? CITED_TEXT : TEXT),
        SAID,
      );
      return {
        type: 'text',
        text,
        ...(citations.length > 0 && { citations }),
        ...carry(others, { ...named, ...(type !== textType && { type }) }),
      };
    }
    case 'refusal':
      return { type: 'refusal', text: requireText(part, 'refusal', path), ...carry(carryUnknown(part, REFUSAL)) };
    case 'input_image':
      return decodeImage(part, path);
    case 'input_file':
      return decodeFile(part, path);
    case 'input_audio':
      return decodeAudio(part, path);
    default:
      return { type: 'opaque', format: FORMAT, value: part, ...carry(undefined, UNKNOWN_PART) };
  }
}

/** Answers have the lists also when nothing is in them. */
function withoutEmptyLists(part: JsonObject): JsonObject {
  const entries = Object.entries(part).filter(([, value]) => !(Array.isArray(value) && value.length === 0));
  return Object.fromEntries(entries);
}

/** The end of a prefix that the client wants cached. */
function readCache(part: JsonObject): CacheMarker | undefined {
  return objectMember(part, 'prompt_cache_breakpoint') === undefined ? undefined : {};
}

function requireText(part: JsonObject, name: string, path: string): string {
  const value = part[name];
  if (typeof value === 'string') return value;
  throw invalidRequest(`"${path}.${name}" must be a string, but it is ${describeJson(value)}.`, `${path}.${name}`);
}
