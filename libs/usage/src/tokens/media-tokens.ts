import type { MediaBlock } from '@sluice/core';
import { imageSize, type ImageSize } from './image-size.js';

/** An image whose size is not known: one of a thousand by a thousand pixels. */
export const UNKNOWN_IMAGE_TOKENS = 765;
/** A page of a document, or a piece of sound: nothing in the request says how long it is. */
export const UNKNOWN_MEDIA_TOKENS = 1_500;

const BASE_TOKENS = 85;
const TILE_TOKENS = 170;
const TILE_PIXELS = 512;
/** An image is scaled down to fit a square of this side, then until its shorter side is that. */
const LONGEST_PIXELS = 2_048;
const SHORTER_PIXELS = 768;

/** What media cost beside text. @see https://platform.openai.com/docs/guides/images-vision#calculating-costs */
export function mediaTokens({ type, source }: MediaBlock): number {
  if (type !== 'image') return UNKNOWN_MEDIA_TOKENS;
  const size = source.kind === 'base64' ? imageSize(source.value) : undefined;
  return size === undefined || size.width === 0 || size.height === 0 ? UNKNOWN_IMAGE_TOKENS : tiledTokens(size);
}

function tiledTokens({ width, height }: ImageSize): number {
  const fits = Math.min(1, LONGEST_PIXELS / Math.max(width, height));
  const scale = Math.min(fits, SHORTER_PIXELS / Math.min(width, height));
  const tilesOf = (pixels: number): number => Math.max(1, Math.ceil(Math.round(pixels * scale) / TILE_PIXELS));
  return BASE_TOKENS + TILE_TOKENS * tilesOf(width) * tilesOf(height);
}
