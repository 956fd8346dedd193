import type { JsonObject, MediaBlock } from '@sluice/core';
import { restoreMembers } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';
import { toDataUrl } from './data-url.js';
import { audioFormatOf } from './media-types.js';
import type { RequestWarnings } from './request-warnings.js';

const DEFAULT_IMAGE_TYPE = 'image/png';
const DEFAULT_DOCUMENT_TYPE = 'application/pdf';
const DEFAULT_DOCUMENT_NAME = 'document.pdf';
const TEXT_TYPE = /^text\//;

/** An image, a document or a sound as a part; undefined (with a warning) for what this format has no part for. */
export function encodeMedia(block: MediaBlock, path: string, warnings: RequestWarnings): JsonObject | undefined {
  const part = partOf(block, path, warnings);
  return part && restoreMembers(part, carriedBy(block));
}

/** Whether a block would be taken if only its bytes were there: images are read by their address, files are not. */
export function needsBytes(block: MediaBlock): boolean {
  return block.type === 'document' && block.source.kind === 'url' && carriedBy(block)?.['file'] === undefined;
}

function partOf(block: MediaBlock, path: string, warnings: RequestWarnings): JsonObject | undefined {
  switch (block.type) {
    case 'image':
      return imagePart(block, path, warnings);
    case 'document':
      return documentPart(block, path, warnings);
    case 'audio':
      return audioPart(block, path, warnings);
    default:
      return block.type satisfies never;
  }
}

function imagePart(block: MediaBlock, path: string, warnings: RequestWarnings): JsonObject | undefined {
  const { source, mediaType = DEFAULT_IMAGE_TYPE } = block;
  if (source.kind !== 'file-id') {
    const url = source.kind === 'url' ? source.value : toDataUrl(mediaType, source.value);
    return { type: 'image_url', image_url: { url, ...detailMember(block, path, warnings) } };
  }
  warnings.dropped(path, 'The image is a file that another vendor holds; send its bytes or its address.');
  return undefined;
}

function detailMember({ detail }: MediaBlock, path: string, warnings: RequestWarnings): JsonObject {
  if (detail !== 'original') return detail === undefined ? {} : { detail };
  warnings.approximated(path, 'Chat Completions knows no original detail: "high" was sent.');
  return { detail: 'high' };
}

function audioPart({ source, mediaType }: MediaBlock, path: string, warnings: RequestWarnings): JsonObject | undefined {
  if (source.kind === 'base64') {
    return { type: 'input_audio', input_audio: { data: source.value, format: audioFormatOf(mediaType) } };
  }
  warnings.dropped(path, 'Chat Completions takes audio as bytes only.');
  return undefined;
}

/** Documents of text become text: most vendors take PDF files only. What came as a file stays one. */
function documentPart(block: MediaBlock, path: string, warnings: RequestWarnings): JsonObject | undefined {
  const { source, mediaType = DEFAULT_DOCUMENT_TYPE, title } = block;
  const cameAsFile = carriedBy(block)?.['file'] !== undefined;
  const filename = title === undefined ? {} : { filename: title };
  if (source.kind === 'base64') {
    if (TEXT_TYPE.test(mediaType) && !cameAsFile) {
      const text = Buffer.from(source.value, 'base64').toString();
      return { type: 'text', text: title === undefined ? text : `${title}\n\n${text}` };
    }
    const name = cameAsFile ? filename : { filename: title ?? DEFAULT_DOCUMENT_NAME }; // OpenAI wants a name beside the data
    return { type: 'file', file: { ...name, file_data: toDataUrl(mediaType, source.value) } };
  }
  if (cameAsFile) {
    const member = source.kind === 'url' ? 'file_data' : 'file_id';
    return { type: 'file', file: { ...filename, [member]: source.value } };
  }
  if (source.kind === 'url') {
    warnings.changed(path, 'Chat Completions takes no documents by address: the address was written into the text.');
    return { type: 'text', text: title === undefined ? source.value : `${title}: ${source.value}` };
  }
  warnings.dropped(path, 'The document is a file that another vendor holds; send its bytes.');
  return undefined;
}
