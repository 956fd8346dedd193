import { randomUUID } from 'node:crypto';
import type { FormatId, WireHeaders } from '@sluice/core';
import { hasTypedPart } from './has-typed-part.js';
import { initiatorOf } from './initiator.js';

/** What a part with an image is called in each format. */
const IMAGE_TYPES: Readonly<Partial<Record<FormatId, string>>> = {
  'openai-chat': 'image_url',
  'openai-responses': 'input_image',
  'anthropic-messages': 'image',
};

/** The headers that differ from call to call: its id, who caused it, and whether there is something to look at. */
export function bodyHeaders(format: FormatId, body: Buffer): WireHeaders {
  const initiator = initiatorOf(format, body);
  const imageType = IMAGE_TYPES[format];
  return {
    'x-request-id': randomUUID(),
    ...(initiator === undefined ? {} : { 'x-initiator': initiator }),
    ...(imageType !== undefined && hasTypedPart(body, imageType) ? { 'copilot-vision-request': 'true' } : {}),
  };
}
