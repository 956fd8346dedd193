import { isJsonObject, type ContentBlock, type JsonObject, type JsonValue } from '@sluice/core';
import { carryUnknown, nestedMember, objectMember, objectsMember, textMember } from '@sluice/translator-kit';
import { carry, FORMAT } from '../carried.js';
import { readMediaUrl } from '../request/data-url.js';

const TEXT: ReadonlySet<string> = new Set(['type', 'text']);
const THINKING: ReadonlySet<string> = new Set(['type', 'thinking']);
const IMAGE: ReadonlySet<string> = new Set(['type', 'image_url']);
const IMAGE_URL: ReadonlySet<string> = new Set(['url']);

/** The content of a vendor's message: text, or Mistral's list of parts. Empty texts say nothing. */
export function readContent(content: JsonValue | undefined): readonly ContentBlock[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }];
  return Array.isArray(content) ? content.filter(isJsonObject).flatMap(readPart) : [];
}

/** A part of a message's content, or an entry of its `images`; none when it says nothing. */
export function readPart(part: JsonObject): readonly ContentBlock[] {
  switch (part['type']) {
    case 'text': {
      const text = textMember(part, 'text');
      return text === undefined ? [] : [{ type: 'text', text, ...carry(carryUnknown(part, TEXT)) }];
    }
    case 'refusal': {
      const text = textMember(part, 'refusal');
      return text === undefined ? [] : [{ type: 'refusal', text }];
    }
    case 'thinking':
      return readThinking(part);
    case 'image_url':
      return [readImage(part) ?? { type: 'opaque', format: FORMAT, value: part }];
    default:
      return [{ type: 'opaque', format: FORMAT, value: part }];
  }
}

/** Mistral nests the text; others give it at once. */
function readThinking(part: JsonObject): readonly ContentBlock[] {
  const text =
    textMember(part, 'thinking') ??
    objectsMember(part, 'thinking')
      .map((piece) => textMember(piece, 'text') ?? '')
      .join('');
  return text === '' ? [] : [{ type: 'reasoning', text, ...carry(carryUnknown(part, THINKING)) }];
}

function readImage(part: JsonObject): ContentBlock | undefined {
  const image = objectMember(part, 'image_url');
  const url = textMember(image, 'url');
  const media = url === undefined ? undefined : readMediaUrl(url);
  if (image === undefined || media === undefined) return undefined;
  const inner = nestedMember('image_url', carryUnknown(image, IMAGE_URL));
  return { type: 'image', ...media, ...carry(carryUnknown(part, IMAGE), inner) };
}
