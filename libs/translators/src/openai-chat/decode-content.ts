import { isJsonObject, type CacheMarker, type ContentBlock, type JsonObject, type JsonValue } from '@sluice/core';
import { carryUnknown, describeJson, invalidRequest, objectMember, textMember } from '@sluice/translator-kit';
import { readMediaUrl } from './data-url.js';

const AUDIO_TYPE_OF_FORMAT: Readonly<Record<string, string>> = { mp3: 'audio/mpeg' };

/** What every kind of block may carry: a cache breakpoint and members that we do not know. */
interface Carried {
  cache?: CacheMarker;
  extensions?: { 'openai-chat': JsonObject };
}

/**
 * A message's content as blocks; null and absent are none. An empty string is none, too: it says nothing.
 * @param path of the content, for errors
 * @throws GatewayError `invalid_request`
 */
export function decodeContent(content: JsonValue | undefined, path: string): ContentBlock[] {
  if (content === undefined || content === null || content === '') return [];
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  if (!Array.isArray(content)) {
    throw invalidRequest(`"${path}" must be a string or a list of parts, but it is ${describeJson(content)}.`, path);
  }
  return content.map((part: JsonValue, index) => decodePart(part, `${path}[${index}]`));
}

/** `cache_control` as vendors that know it take it, and OpenAI's own `prompt_cache_breakpoint`. */
export function readCache(node: JsonObject): CacheMarker | undefined {
  const control = objectMember(node, 'cache_control');
  if (control === undefined) return objectMember(node, 'prompt_cache_breakpoint') === undefined ? undefined : {};
  const ttl = control['ttl'];
  return ttl === '5m' || ttl === '1h' ? { ttl } : {};
}

function decodePart(part: JsonValue, path: string): ContentBlock {
  if (!isJsonObject(part)) throw invalidRequest(`"${path}" must be an object, but it is ${describeJson(part)}.`, path);
  switch (part['type']) {
    case 'text':
      return { type: 'text', text: requireText(part, 'text', path), ...carried(part, ['type', 'text']) };
    case 'refusal':
      return { type: 'refusal', text: requireText(part, 'refusal', path), ...carried(part, ['type', 'refusal']) };
    case 'image_url':
      return decodeImage(part, path);
    case 'input_audio':
      return decodeAudio(part, path);
    case 'file':
      return decodeFile(part, path);
    default:
      return { type: 'opaque', format: 'openai-chat', value: part };
  }
}

function decodeImage(part: JsonObject, path: string): ContentBlock {
  const image = part['image_url'];
  const url = typeof image === 'string' ? image : textMember(objectMember(part, 'image_url'), 'url');
  if (url === undefined) throw invalidRequest(`"${path}.image_url.url" is missing.`, `${path}.image_url.url`);
  const inner = isJsonObject(image) ? carryUnknown(image, ['url']) : undefined; // detail
  const outer = carried(part, ['type', 'image_url']);
  return {
    type: 'image',
    ...readMediaUrl(url, `${path}.image_url.url`),
    ...outer,
    ...(inner !== undefined && {
      extensions: { 'openai-chat': { ...outer.extensions?.['openai-chat'], image_url: inner } },
    }),
  };
}

function decodeAudio(part: JsonObject, path: string): ContentBlock {
  const audio = objectMember(part, 'input_audio');
  const data = textMember(audio, 'data');
  if (data === undefined) throw invalidRequest(`"${path}.input_audio.data" is missing.`, `${path}.input_audio.data`);
  const format = textMember(audio, 'format') ?? 'wav';
  return {
    type: 'audio',
    mediaType: AUDIO_TYPE_OF_FORMAT[format] ?? `audio/${format}`,
    source: { kind: 'base64', value: data },
    ...carried(part, ['type', 'input_audio']),
  };
}

function decodeFile(part: JsonObject, path: string): ContentBlock {
  const file = objectMember(part, 'file');
  const title = textMember(file, 'filename');
  const common = {
    type: 'document' as const,
    ...(title !== undefined && { title }),
    ...carried(part, ['type', 'file']),
  };
  const fileId = textMember(file, 'file_id');
  if (fileId !== undefined) return { ...common, source: { kind: 'file-id', value: fileId } };
  const data = textMember(file, 'file_data');
  if (data === undefined) throw invalidRequest(`"${path}.file" needs file_data or file_id.`, `${path}.file`);
  if (/^(?:data:|https?:)/i.test(data)) return { ...common, ...readMediaUrl(data, `${path}.file.file_data`) };
  return { ...common, mediaType: 'application/pdf', source: { kind: 'base64', value: data } }; // bare base64 is what PDFs came as first
}

function carried(node: JsonObject, known: readonly string[]): Carried {
  const cache = readCache(node);
  const unknown = carryUnknown(node, [...known, 'cache_control']);
  return {
    ...(cache !== undefined && { cache }),
    ...(unknown !== undefined && { extensions: { 'openai-chat': unknown } }),
  };
}

function requireText(part: JsonObject, name: string, path: string): string {
  const value = part[name];
  if (typeof value === 'string') return value;
  throw invalidRequest(`"${path}.${name}" must be a string, but it is ${describeJson(value)}.`, `${path}.${name}`);
}
