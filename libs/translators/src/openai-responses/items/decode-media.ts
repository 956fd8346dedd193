import type { ImageDetail, JsonObject, MediaBlock } from '@sluice/core';
import { carryUnknown, invalidRequest, nestedMember, objectMember, textMember } from '@sluice/translator-kit';
import { carry, partition } from '../carried.js';
import { typeOfAudio, typeOfFile } from './media-types.js';
import { readMediaUrl, toDataUrl, type ReadMedia } from './media-url.js';

const IMAGE: ReadonlySet<string> = new Set(['type', 'image_url', 'file_id']);
const DETAILED: ReadonlySet<string> = new Set([...IMAGE, 'detail']);
const DETAILS: readonly ImageDetail[] = ['low', 'high', 'original'];
const FILE: ReadonlySet<string> = new Set(['type', 'file_id', 'file_data', 'file_url', 'filename']);
const AUDIO: ReadonlySet<string> = new Set(['type', 'input_audio']);
const INPUT_AUDIO: ReadonlySet<string> = new Set(['data', 'format']);

/** Members that other formats do not miss. */
const SAID: ReadonlySet<string> = new Set(['prompt_cache_breakpoint']);
const AUTO_DETAIL: ReadonlySet<string> = new Set([...SAID, 'detail']);

const URL_START = /^(?:data:|https?:)/i;

/** @throws GatewayError `invalid_request` when there is neither an address nor an id */
export function decodeImage(part: JsonObject, path: string): MediaBlock {
  const url = textMember(part, 'image_url') ?? textMember(objectMember(part, 'image_url'), 'url');
  const fileId = textMember(part, 'file_id');
  const detail = DETAILS.find((known) => known === part['detail']);
  const { named, others } = partition(
    carryUnknown(part, detail === undefined ? IMAGE : DETAILED),
    part['detail'] === 'auto' ? AUTO_DETAIL : SAID, // "as you like" is what every format means without a word
  );
  if (url === undefined && fileId === undefined) {
    throw invalidRequest(`"${path}" needs image_url or file_id.`, `${path}.image_url`);
  }
  const media: ReadMedia =
    url === undefined ? { source: { kind: 'file-id', value: fileId ?? '' } } : readMediaUrl(url, `${path}.image_url`);
  return {
    type: 'image',
    ...media,
    ...(detail !== undefined && { detail }),
    ...carry(others, { ...named, ...held(media), ...spelling('image_url', url, media) }),
  };
}

/** @throws GatewayError `invalid_request` when there is neither data nor an address nor an id */
export function decodeFile(part: JsonObject, path: string): MediaBlock {
  const { named, others } = partition(carryUnknown(part, FILE), SAID);
  const title = textMember(part, 'filename');
  const data = textMember(part, 'file_data');
  const media = fileMedia(part, path);
  const bare = data === undefined || URL_START.test(data) ? {} : { file_data: data };
  return {
    type: 'document',
    ...(title !== undefined && { title }),
    ...media,
    ...carry(others, { file: true, ...named, ...spelling('file_data', data, media), ...bare }),
  };
}

/** @throws GatewayError `invalid_request` when there is no data */
export function decodeAudio(part: JsonObject, path: string): MediaBlock {
  const audio = objectMember(part, 'input_audio');
  const data = textMember(audio, 'data');
  if (audio === undefined || data === undefined) {
    throw invalidRequest(`"${path}.input_audio.data" is missing.`, `${path}.input_audio.data`);
  }
  return {
    type: 'audio',
    mediaType: typeOfAudio(textMember(audio, 'format') ?? 'wav'),
    source: { kind: 'base64', value: data },
    ...carry({ ...carryUnknown(part, AUDIO), ...nestedMember('input_audio', carryUnknown(audio, INPUT_AUDIO)) }),
  };
}

function fileMedia(part: JsonObject, path: string): ReadMedia {
  const fileId = textMember(part, 'file_id');
  if (fileId !== undefined) return { source: { kind: 'file-id', value: fileId } };
  const url = textMember(part, 'file_url');
  if (url !== undefined) return { source: { kind: 'url', value: url } };
  const data = textMember(part, 'file_data');
  if (data === undefined) throw invalidRequest(`"${path}" needs file_data, file_url or file_id.`, `${path}.file_data`);
  if (URL_START.test(data)) return readMediaUrl(data, `${path}.file_data`);
  return { mediaType: typeOfFile(textMember(part, 'filename')), source: { kind: 'base64', value: data } };
}

/** Marks a file that the vendors of this format hold. */
function held({ source }: ReadMedia): JsonObject {
  return source.kind === 'file-id' ? { file: true } : {};
}

/** A data URL that we would write otherwise, as it came. */
function spelling(name: string, url: string | undefined, { source, mediaType }: ReadMedia): JsonObject {
  if (url === undefined || source.kind !== 'base64' || mediaType === undefined) return {};
  return toDataUrl(mediaType, source.value) === url || !URL_START.test(url) ? {} : { [name]: url };
}
