import type { CanonicalEvent } from '@sluice/core';
import type { Emit } from '@sluice/streaming';
import { invalidResponse, restoreMembers } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';
import { toDataUrl } from '../request/data-url.js';
import type { ChunkTemplate } from './chunk-template.js';

/** UTF-16 units of one image; 48 MB of picture, more than any vendor draws. */
export const MAX_IMAGE_CHARS = 64 * 1024 * 1024;

const DEFAULT_IMAGE_TYPE = 'image/png';

type BlockStartEvent = Extract<CanonicalEvent, { type: 'block-start' }>;

/** An image or a sound of a streamed answer. */
export interface MediaWriter {
  /** @throws GatewayError `upstream_invalid_response` for an image that is larger than can be held */
  delta(base64: string, emit: Emit<string>): void;
  end(emit: Emit<string>): void;
}

/** An image is one data URL, so it waits until it is whole. */
export class ImageWriter implements MediaWriter {
  #base64 = '';

  constructor(
    private readonly template: ChunkTemplate,
    private readonly start: BlockStartEvent,
  ) {}

  delta(base64: string): void {
    if (this.#base64.length + base64.length > MAX_IMAGE_CHARS) {
      throw invalidResponse('The vendor sent an image that is too large to be passed on.');
    }
    this.#base64 += base64;
  }

  end(emit: Emit<string>): void {
    const { block } = this.start;
    const mediaType = (block.type === 'image' ? block.mediaType : undefined) ?? DEFAULT_IMAGE_TYPE;
    const image = { type: 'image_url', image_url: { url: toDataUrl(mediaType, this.#base64) } };
    emit(this.template.delta({ images: [restoreMembers(image, carriedBy(this.start))] }));
  }
}

/** Sound is played piece by piece. */
export class AudioWriter implements MediaWriter {
  constructor(private readonly template: ChunkTemplate) {}

  delta(base64: string, emit: Emit<string>): void {
    emit(this.template.delta({ audio: { data: base64 } }));
  }

  end(): void {}
}
