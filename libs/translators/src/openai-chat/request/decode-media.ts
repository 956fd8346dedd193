import type { JsonObject, MediaBlock } from '@sluice/core';
import { carryUnknown, invalidRequest, nestedMember, objectMember, textMember } from '@sluice/translator-kit';
import { carryNode } from './carry-node.js';
import { requireMediaUrl, type Media } from './data-url.js';
import { audioTypeOf, documentTypeOf } from './media-types.js';

const IMAGE: ReadonlySet<string> = new Set(['type', 'image_url']);
const IMAGE_URL: ReadonlySet<string> = new Set(['url']);
const DETAILED: ReadonlySet<string> = new Set([...IMAGE_URL, 'detail']);
const AUDIO: ReadonlySet<string> = new Set(['type', 'input_audio']);
const INPUT_AUDIO: ReadonlySet<string> = new Set(['data', 'format']);
const FILE: ReadonlySet<string> = new Set(['type', 'file']);
const FILE_MEMBERS: ReadonlySet<string> = new Set(['file_id', 'file_data', 'filename']);
const URL_START = /^(?:data:|https?:)/i;

/** @throws GatewayError `invalid_request` naming the member that is missing or cannot be read */
export function decodeImage(part: JsonObject, path: string): MediaBlock {
  const image = objectMember(part, 'image_url');
  const url = textMember(part, 'image_url') ?? textMember(image, 'url'); // some clients send the bare address
  if (url === undefined) throw missing(`${path}.image_url.url`);
  const detail = image?.['detail'];
  const isSaid = detail === 'low' || detail === 'high';
  const inner = nestedMember(
    'image_url',
    image && carryUnknown(image, isSaid || detail === 'auto' ? DETAILED : IMAGE_URL),
  );
  // "as you like" is what every format means without a word
  const spelling = detail === 'auto' ? { image_url: { detail } } : {};
  return {
    type: 'image',
    ...requireMediaUrl(url, `${path}.image_url.url`),
    ...(isSaid && { detail }),
    ...carryNode(part, IMAGE, { inner, spelling }),
  };
}

/** @throws GatewayError `invalid_request` when there is no data */
export function decodeAudio(part: JsonObject, path: string): MediaBlock {
  const audio = objectMember(part, 'input_audio');
  const data = textMember(audio, 'data');
  if (audio === undefined || data === undefined) throw missing(`${path}.input_audio.data`);
  return {
    type: 'audio',
    mediaType: audioTypeOf(textMember(audio, 'format') ?? 'wav'),
    source: { kind: 'base64', value: data },
    ...carryNode(part, AUDIO, { inner: nestedMember('input_audio', carryUnknown(audio, INPUT_AUDIO)) }),
  };
}

/**
 * A file. Its node always carries `file`: that is how it differs from a document of another format, which may become text.
 * @throws GatewayError `invalid_request` when it has neither data nor id
 */
export function decodeFile(part: JsonObject, path: string): MediaBlock {
  const file = objectMember(part, 'file') ?? {};
  const title = textMember(file, 'filename');
  return {
    type: 'document',
    ...(title !== undefined && { title }),
    ...fileSource(file, path),
    ...carryNode(part, FILE, { inner: nestedMember('file', carryUnknown(file, FILE_MEMBERS)), spelling: { file: {} } }),
  };
}

function fileSource(file: JsonObject, path: string): Media {
  const fileId = textMember(file, 'file_id');
  if (fileId !== undefined) return { source: { kind: 'file-id', value: fileId } };
  const data = textMember(file, 'file_data');
  if (data === undefined) throw invalidRequest(`"${path}.file" needs file_data or file_id.`, `${path}.file`);
  if (URL_START.test(data)) return requireMediaUrl(data, `${path}.file.file_data`);
  return { mediaType: documentTypeOf(textMember(file, 'filename')), source: { kind: 'base64', value: data } };
}

function missing(param: string): Error {
  return invalidRequest(`"${param}" is missing.`, param);
}
