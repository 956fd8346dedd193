/** The media types of files by the ending of their name. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['csv', 'text/csv'],
  ['html', 'text/html'],
  ['json', 'application/json'],
  ['md', 'text/markdown'],
  ['pdf', 'application/pdf'],
  ['txt', 'text/plain'],
]);
const DEFAULT_FILE_TYPE = 'application/pdf';

const AUDIO_TYPES: ReadonlyMap<string, string> = new Map([
  ['mp3', 'audio/mpeg'],
  ['wav', 'audio/wav'],
]);

/** The media type of a file whose data does not say it; PDF files came first. */
export function typeOfFile(filename: string | undefined): string {
  return TYPES.get(filename?.toLowerCase().split('.').at(-1) ?? '') ?? DEFAULT_FILE_TYPE;
}

/** A name for a file that has none: OpenAI wants one beside the data. */
export function nameOfFile(mediaType: string): string {
  const [ending = 'bin'] = [...TYPES].find(([, type]) => type === mediaType) ?? [];
  return `file.${ending}`;
}

/** The media type of an `input_audio.format`. */
export function typeOfAudio(format: string): string {
  return AUDIO_TYPES.get(format) ?? `audio/${format}`;
}

/** The `input_audio.format` of a media type; absent = `wav`. */
export function formatOfAudio(mediaType = 'audio/wav'): string {
  const type = mediaType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'audio/mp3') return 'mp3';
  const [format] = [...AUDIO_TYPES].find(([, known]) => known === type) ?? [];
  return format ?? type.replace(/^audio\/(?:x-)?/, '');
}
