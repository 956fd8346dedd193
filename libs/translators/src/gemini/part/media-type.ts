import type { MediaBlock } from '@sluice/core';

/** The first bytes of files, in base64. */
const BEGINNINGS: readonly (readonly [base64: string, mediaType: string])[] = [
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
  ['JVBERi', 'application/pdf'],
];

const ENDINGS: Readonly<Record<string, string>> = {
  gif: 'image/gif',
  heic: 'image/heic',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  mp3: 'audio/mpeg',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
  wav: 'audio/wav',
  webp: 'image/webp',
};

/** What a block of the kind is most likely to be when nothing says it. */
const USUAL: Readonly<Record<MediaBlock['type'], string>> = {
  image: 'image/jpeg',
  audio: 'audio/wav',
  document: 'application/pdf',
};

export interface FoundMediaType {
  readonly mediaType: string;
  /** Nothing said it. */
  readonly isGuess: boolean;
}

/** The media type that Google demands: what the block says, else what its bytes or its address show. */
export function mediaTypeOf({ type, mediaType, source }: MediaBlock): FoundMediaType {
  if (mediaType !== undefined && !mediaType.endsWith('/*')) return { mediaType, isGuess: false };
  const shown = source.kind === 'base64' ? byBytes(source.value, type) : byAddress(source.value);
  return shown === undefined ? { mediaType: USUAL[type], isGuess: true } : { mediaType: shown, isGuess: false };
}

function byBytes(base64: string, type: MediaBlock['type']): string | undefined {
  if (type === 'audio') return undefined; // WAV and WebP begin alike
  return BEGINNINGS.find(([beginning]) => base64.startsWith(beginning))?.[1];
}

function byAddress(url: string): string | undefined {
  const ending = /\.([a-z0-9]+)(?:[?#]|$)/i.exec(url)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
}
