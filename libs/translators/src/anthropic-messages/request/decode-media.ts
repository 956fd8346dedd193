import { isJsonObject, type JsonObject, type JsonValue, type MediaBlock, type MediaSource } from '@sluice/core';
import { objectMember, textMember } from '@sluice/translator-kit';
import { restOf } from './node-rest.js';

const KNOWN: ReadonlySet<string> = new Set(['type', 'source', 'title']);
const KNOWN_WITHOUT_SOURCE: ReadonlySet<string> = new Set(['type', 'title']);

const SEARCH_RESULT: ReadonlySet<string> = new Set(['title']);

const PLAIN_TEXT = 'text/plain';

interface DecodedSource {
  readonly source: MediaSource;
  readonly mediaType?: string;
  /** Whether `source` and `mediaType` say everything that stood there. */
  readonly isComplete: boolean;
}

/**
 * An image or a document; undefined when its source is none that we know. The canonical model knows text only as base64
 * of type `text/plain`, so plain text is brought there, and a document made of text blocks as the text of all of them.
 */
export function decodeMedia(block: JsonObject, type: 'image' | 'document'): MediaBlock | undefined {
  const decoded = decodeSource(objectMember(block, 'source'));
  if (decoded === undefined) return undefined;
  const { source, mediaType, isComplete } = decoded;
  const title = block['title'];
  const rest = restOf(block, isComplete ? KNOWN : KNOWN_WITHOUT_SOURCE);
  return {
    type,
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(typeof title === 'string' ? { title } : {}),
    source,
    ...rest,
  };
}

/**
 * A search result: for other formats a document with its text. Its own members, the type among them, travel with it;
 * undefined when there is more in it than text.
 */
export function decodeSearchResult(block: JsonObject): MediaBlock | undefined {
  const text = textOf(block['content']);
  if (text === undefined) return undefined;
  const title = textMember(block, 'title');
  return {
    type: 'document',
    ...plainText(text),
    ...(title === undefined ? {} : { title }),
    ...restOf(block, SEARCH_RESULT),
  };
}

function decodeSource(wire: JsonObject | undefined): DecodedSource | undefined {
  if (wire === undefined) return undefined;
  const { type, media_type: mediaType, data, url, file_id: fileId, content, ...more } = wire;
  const isComplete = Object.keys(more).length === 0;
  const mediaMember = typeof mediaType === 'string' ? { mediaType } : {};
  if (type === 'base64' && typeof data === 'string') {
    return { source: { kind: 'base64', value: data }, ...mediaMember, isComplete };
  }
  if (type === 'url' && typeof url === 'string')
    return { source: { kind: 'url', value: url }, ...mediaMember, isComplete };
  if (type === 'file' && typeof fileId === 'string') return { source: { kind: 'file-id', value: fileId }, isComplete };
  if (type === 'text' && typeof data === 'string')
    return { ...plainText(data), isComplete: isComplete && mediaType === PLAIN_TEXT };
  const text = type === 'content' ? textOf(content) : undefined;
  return text === undefined ? undefined : { ...plainText(text), isComplete: false };
}

function plainText(text: string): { readonly source: MediaSource; readonly mediaType: string } {
  return { source: { kind: 'base64', value: Buffer.from(text).toString('base64') }, mediaType: PLAIN_TEXT };
}

/** The text of a document's content; undefined when there is more in it than text. */
function textOf(content: JsonValue | undefined): string | undefined {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return undefined;
  const texts = content.map((part) => (isJsonObject(part) ? textMember(part, 'text') : undefined));
  return texts.includes(undefined) ? undefined : texts.join('\n\n');
}
