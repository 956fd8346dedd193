import type { MediaBlock } from '@sluice/core';
import type { FetchedBody } from '@sluice/provider-kit';

/** How the files begin that vendors take. What a server calls its answer is not asked where the bytes can tell. */
const BEGINNINGS: readonly (readonly [test: RegExp, type: string])[] = [
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^\x89PNG\r\n\x1a\n/, 'image/png'],
  [/^GIF8[79]a/, 'image/gif'],
  [/^RIFF[^]{4}WEBP/, 'image/webp'],
  [/^%PDF-/, 'application/pdf'],
];
const BEGINNING_BYTES = 12;

/** Documents that have no beginning of their own. Pages are none: an error page would be taken for one. */
const PLAIN_DOCUMENTS: ReadonlySet<string> = new Set(['text/plain', 'text/markdown', 'text/csv']);

/** What was fetched, if it is of the kind that was asked for; undefined = it is something else, and nobody gets to see it. */
export function fetchedMediaType(type: MediaBlock['type'], { bytes, contentType }: FetchedBody): string | undefined {
  const beginning = bytes.toString('latin1', 0, BEGINNING_BYTES);
  const found = BEGINNINGS.find(([test]) => test.test(beginning))?.[1];
  if (type === 'image') return found?.startsWith('image/') ? found : undefined;
  if (type !== 'document') return undefined;
  return found ?? (PLAIN_DOCUMENTS.has(contentType) ? contentType : undefined);
}
