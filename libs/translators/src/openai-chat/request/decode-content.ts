import { isJsonObject, type CacheMarker, type ContentBlock, type JsonObject, type JsonValue } from '@sluice/core';
import { describeJson, invalidRequest, objectMember } from '@sluice/translator-kit';
import { FORMAT } from '../carried.js';
import { carryNode } from './carry-node.js';
import { decodeAudio, decodeFile, decodeImage } from './decode-media.js';

const TEXT: ReadonlySet<string> = new Set(['type', 'text']);
const REFUSAL: ReadonlySet<string> = new Set(['type', 'refusal']);

/**
 * A message's content as blocks; null and absent are none. An empty string is none, too: it says nothing.
 * @param path of the content, for errors
 * @throws GatewayError `invalid_request`
 */
export function decodeContent(content: JsonValue | undefined, path: string): readonly ContentBlock[] {
  if (content === undefined || content === null || content === '') return [];
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  if (!Array.isArray(content)) {
    throw invalidRequest(`"${path}" must be a string or a list of parts, but it is ${describeJson(content)}.`, path);
  }
  return content.map((part: JsonValue, index) => withCache(decodePart(part, `${path}[${index}]`), part));
}

/**
 * The breakpoint of a part, a message or a tool: `cache_control`, as vendors that know it take it, or OpenAI's own
 * `prompt_cache_breakpoint`. Both are also carried, because only this format knows which of them it was.
 */
export function readCache(node: JsonObject): CacheMarker | undefined {
  const control = objectMember(node, 'cache_control');
  if (control === undefined) return objectMember(node, 'prompt_cache_breakpoint') === undefined ? undefined : {};
  const ttl = control['ttl'];
  return ttl === '5m' || ttl === '1h' ? { ttl } : {};
}

function withCache(block: ContentBlock, part: JsonValue): ContentBlock {
  const cache = isJsonObject(part) ? readCache(part) : undefined;
  return cache === undefined ? block : { ...block, cache };
}

function decodePart(part: JsonValue, path: string): ContentBlock {
  if (!isJsonObject(part)) throw invalidRequest(`"${path}" must be an object, but it is ${describeJson(part)}.`, path);
  switch (part['type']) {
    case 'text':
      return { type: 'text', text: requireText(part, 'text', path), ...carryNode(part, TEXT) };
    case 'refusal':
      return { type: 'refusal', text: requireText(part, 'refusal', path), ...carryNode(part, REFUSAL) };
    case 'image_url':
      return decodeImage(part, path);
    case 'input_audio':
      return decodeAudio(part, path);
    case 'file':
      return decodeFile(part, path);
    default:
      return { type: 'opaque', format: FORMAT, value: part };
  }
}

function requireText(part: JsonObject, name: string, path: string): string {
  const value = part[name];
  if (typeof value === 'string') return value;
  throw invalidRequest(`"${path}.${name}" must be a string, but it is ${describeJson(value)}.`, `${path}.${name}`);
}
