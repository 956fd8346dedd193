const DOCUMENT_TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  htm: 'text/html',
  html: 'text/html',
  json: 'application/json',
  md: 'text/markdown',
  pdf: 'application/pdf',
  txt: 'text/plain',
  xml: 'text/xml',
};
/** Bare base64 is how PDF files came first. */
const DEFAULT_DOCUMENT_TYPE = 'application/pdf';

/** `input_audio.format` and the types it stands for, the usual one first. */
const AUDIO_TYPES: readonly (readonly [format: string, types: readonly string[]])[] = [
  ['mp3', ['audio/mpeg', 'audio/mp3']],
  ['wav', ['audio/wav', 'audio/x-wav', 'audio/wave']],
  ['aac', ['audio/aac']],
];
const DEFAULT_AUDIO_FORMAT = 'wav';

/** The media type of a file by its name. */
export function documentTypeOf(filename: string | undefined): string {
  const ending = filename?.toLowerCase().split('.').at(-1) ?? '';
  return (Object.hasOwn(DOCUMENT_TYPES, ending) ? DOCUMENT_TYPES[ending] : undefined) ?? DEFAULT_DOCUMENT_TYPE;
}

/** The media type of an `input_audio.format` (or of an answer's audio). */
export function audioTypeOf(format: string): string {
  return AUDIO_TYPES.find(([known]) => known === format)?.[1][0] ?? `audio/${format}`;
}

/** The `input_audio.format` of a media type. */
export function audioFormatOf(mediaType: string | undefined): string {
  if (mediaType === undefined) return DEFAULT_AUDIO_FORMAT;
  const type = mediaType.split(';')[0]?.trim().toLowerCase() ?? '';
  return AUDIO_TYPES.find(([, types]) => types.includes(type))?.[0] ?? type.replace(/^audio\//, '');
}
