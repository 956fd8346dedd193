import type { JsonObject, MediaBlock } from '@sluice/core';
import type { RequestScope } from './request-scope.js';

/** Media types in the vendor's words. @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html */
const IMAGE_FORMATS: ReadonlyMap<string, string> = new Map([
  ['image/jpeg', 'jpeg'],
  ['image/jpg', 'jpeg'],
  ['image/png', 'png'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
]);
const DOCUMENT_FORMATS: ReadonlyMap<string, string> = new Map([
  ['application/pdf', 'pdf'],
  ['text/csv', 'csv'],
  ['application/msword', 'doc'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
  ['application/vnd.ms-excel', 'xls'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
  ['text/html', 'html'],
  ['text/markdown', 'md'],
]);

/** Everything else that is text goes as plain text. */
const TEXTUAL = /^text\/|^application\/(?:json|xml|yaml|x-yaml|javascript)$|\+(?:json|xml)$/;

/** The first characters of an image's base64, for clients that do not say what it is. */
const IMAGE_BEGINNINGS: readonly (readonly [string, string])[] = [
  ['/9j/', 'image/jpeg'],
  ['iVBORw', 'image/png'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
];

const S3_URL = /^s3:\/\//;

/**
 * An image or a document. What Bedrock does not take leaves a line of text in its place, so that the model knows of it, and a
 * warning. Only S3 is read by address.
 */
export function encodeMedia(block: MediaBlock, path: string, scope: RequestScope): JsonObject {
  const obstacle = obstacleOf(block, scope);
  if (obstacle !== undefined) return omitted(block, obstacle, path, scope);
  const source = sourceOf(block);
  return block.type === 'image'
    ? { image: { format: imageFormat(block) ?? '', source } }
    : { document: { format: documentFormat(block) ?? '', name: scope.documents.take(block.title), source } };
}

/** Whether a block would be taken if only its bytes were there. */
export function needsBytes({ type, source }: MediaBlock): boolean {
  return type !== 'audio' && source.kind === 'url' && !S3_URL.test(source.value);
}

function obstacleOf(block: MediaBlock, scope: RequestScope): string | undefined {
  const { type, mediaType, source } = block;
  if (type === 'audio') return 'Converse takes no audio';
  if (source.kind === 'file-id') return 'it is a file that another vendor holds';
  if (source.kind === 'url' && !S3_URL.test(source.value)) return 'only s3:// addresses are read';
  const format = type === 'image' ? imageFormat(block) : documentFormat(block);
  if (format === undefined) return `its type ${mediaType ?? 'is unknown and'} is not taken`;
  return type === 'image' && !scope.images.admit() ? 'there are more images than one request may have' : undefined;
}

function sourceOf({ source }: MediaBlock): JsonObject {
  return source.kind === 'base64' ? { bytes: source.value } : { s3Location: { uri: source.value } };
}

function imageFormat({ mediaType, source }: MediaBlock): string | undefined {
  const type = normal(mediaType);
  if (type !== '' && type !== 'image/*') return IMAGE_FORMATS.get(type);
  const beginning = IMAGE_BEGINNINGS.find(([start]) => source.value.startsWith(start))?.[1];
  return IMAGE_FORMATS.get(beginning ?? '') ?? extensionFormat(source.value, IMAGE_FORMATS);
}

function documentFormat({ mediaType, source }: MediaBlock): string | undefined {
  const type = normal(mediaType);
  if (type === '') return extensionFormat(source.value, DOCUMENT_FORMATS) ?? 'pdf'; // what clients send without a word
  return DOCUMENT_FORMATS.get(type) ?? (TEXTUAL.test(type) ? 'txt' : undefined);
}

/** The format that the file name in an address of S3 says. */
function extensionFormat(value: string, formats: ReadonlyMap<string, string>): string | undefined {
  if (!S3_URL.test(value)) return undefined;
  const extension = value.slice(value.lastIndexOf('.') + 1).toLowerCase();
  return [...formats.values()].find((format) => format === extension) ?? formats.get(`image/${extension}`);
}

/** Without parameters. */
function normal(mediaType = ''): string {
  const [bare = ''] = mediaType.toLowerCase().split(';');
  return bare.trim();
}

function omitted({ type }: MediaBlock, obstacle: string, path: string, scope: RequestScope): JsonObject {
  scope.dropped(path, `This ${type} was left out: ${obstacle}.`);
  return { text: `[${type} left out: ${obstacle}]` };
}
