import type { ContentBlock, JsonObject, MediaBlock, TextBlock } from '@sluice/core';
import { restoreMembers } from '@sluice/translator-kit';
import { carriedBy, FORMAT } from '../carried.js';
import { annotationsOf } from './annotations.js';
import type { TextType } from './decode-part.js';
import { formatOfAudio, nameOfFile } from './media-types.js';
import { toDataUrl } from './media-url.js';

/** Who is told what could not be said. */
export interface PartReport {
  dropped(path: string, message: string): void;
  cacheMarker(): void;
}

export interface PartPlace {
  readonly path: string;
  /** How text is called where the part stands. */
  readonly textType: TextType;
  readonly report: PartReport;
}

/** What a block carries that is no member of its part. */
const MARKS: ReadonlySet<string> = new Set(['message', 'ending', 'file', 'part']);

/** How ids of files at OpenAI begin, whichever of its formats they came in. */
const OPENAI_FILE = 'file-';
const DEFAULT_IMAGE_TYPE = 'image/png';
const DEFAULT_FILE_TYPE = 'application/pdf';

/** Anthropic's clients tell its billing who they are in a text of the system prompt; no other vendor is shown it. */
const ATTRIBUTION = 'x-anthropic-billing-header:';

/**
 * A block as a part of a message or of a tool's output; undefined for what has no part. Calls, results and reasoning are
 * items of their own and are not expected here.
 */
export function encodePart(block: ContentBlock, place: PartPlace): JsonObject | undefined {
  const part = partOf(block, place);
  if (part === undefined || block.cache === undefined || part['prompt_cache_breakpoint'] !== undefined) return part;
  place.report.cacheMarker();
  return part;
}

function partOf(block: ContentBlock, { path, textType, report }: PartPlace): JsonObject | undefined {
  switch (block.type) {
    case 'text':
      return textPart(block, textType);
    case 'refusal':
      return restoreMembers({ type: 'refusal', refusal: block.text }, partMembers(block));
    case 'image':
    case 'document':
    case 'audio': {
      const part = textType === 'input_text' ? mediaPart(block) : undefined;
      if (part !== undefined) return restoreMembers(part, partMembers(block));
      report.dropped(path, `A message of this role cannot hold this ${block.type} in the Responses API.`);
      return undefined;
    }
    case 'opaque':
      if (block.format === FORMAT) return block.value;
      if (!isAttribution(block.value)) report.dropped(path, `A block that only ${block.format} knows was left out.`);
      return undefined;
    case 'server-tool':
      report.dropped(path, `The use of ${block.tool}, a tool of ${block.raw.format}’s vendor, was left out.`);
      return undefined;
    case 'reasoning':
    case 'tool-call':
    case 'tool-result':
      report.dropped(path, `A ${block.type} block has no place in this message.`);
      return undefined;
    default:
      return block satisfies never;
  }
}

/** Text of a client, or of the model's earlier turns; of these citations are part. */
function textPart(block: TextBlock, textType: TextType): JsonObject {
  const carried = partMembers(block);
  const type = carried?.['type'] ?? textType;
  const annotations = type === 'output_text' ? annotationsOf(block) : [];
  return restoreMembers({ type, text: block.text, ...(annotations.length > 0 && { annotations }) }, carried);
}

/** A block's own members of its part. */
export function partMembers(block: ContentBlock): JsonObject | undefined {
  const carried = carriedBy(block);
  if (carried === undefined) return undefined;
  const entries = Object.entries(carried).filter(([name]) => !MARKS.has(name));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function mediaPart(block: MediaBlock): JsonObject | undefined {
  switch (block.type) {
    case 'image':
      return imagePart(block);
    case 'document':
      return filePart(block);
    case 'audio':
      return audioPart(block);
    default:
      return block.type satisfies never;
  }
}

/** A file is held by one vendor: only an id that came in this format is worth anything. */
function imagePart(block: MediaBlock): JsonObject | undefined {
  const { source, mediaType = DEFAULT_IMAGE_TYPE } = block;
  const carried = carriedBy(block);
  const detail = block.detail === undefined ? {} : { detail: block.detail };
  if (source.kind === 'file-id')
    return isForeignFile(block) ? undefined : { type: 'input_image', file_id: source.value, ...detail };
  const url = source.kind === 'url' ? source.value : toDataUrl(mediaType, source.value);
  return { type: 'input_image', image_url: carried?.['image_url'] ?? url, ...detail };
}

function filePart(block: MediaBlock): JsonObject | undefined {
  const { source, title, mediaType = DEFAULT_FILE_TYPE } = block;
  const carried = carriedBy(block);
  const isOwn = carried?.['file'] === true;
  const name = title === undefined ? {} : { filename: title };
  if (source.kind === 'file-id')
    return isForeignFile(block) ? undefined : { type: 'input_file', ...name, file_id: source.value };
  if (source.kind === 'url') return { type: 'input_file', ...name, file_url: source.value };
  if (mediaType.startsWith('text/') && !isOwn) {
    const text = Buffer.from(source.value, 'base64').toString(); // most vendors take no files of text
    return { type: 'input_text', text: title === undefined ? text : `${title}\n\n${text}` };
  }
  const data = carried?.['file_data'] ?? toDataUrl(mediaType, source.value);
  const filename = title ?? (isOwn ? undefined : nameOfFile(mediaType));
  return { type: 'input_file', ...(filename !== undefined && { filename }), file_data: data };
}

function audioPart({ source, mediaType }: MediaBlock): JsonObject | undefined {
  if (source.kind !== 'base64') return undefined;
  return { type: 'input_audio', input_audio: { data: source.value, format: formatOfAudio(mediaType) } };
}

function isForeignFile(block: MediaBlock): boolean {
  return carriedBy(block)?.['file'] !== true && !block.source.value.startsWith(OPENAI_FILE);
}

function isAttribution({ text }: JsonObject): boolean {
  return typeof text === 'string' && text.startsWith(ATTRIBUTION);
}
