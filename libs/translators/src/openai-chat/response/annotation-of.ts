import type { JsonObject } from '@sluice/core';
import { countMember, objectMember, textMember } from '@sluice/translator-kit';

/** The characters of the answer's whole text that a citation belongs to. */
export interface CitedRange {
  readonly start: number;
  readonly end: number;
}

/**
 * A citation as an annotation of a message: this format's own as it is, Responses' flat one nested, every other one that names
 * an address as a `url_citation` of its text; undefined for citations of documents, which this format does not know.
 * @see https://platform.openai.com/docs/api-reference/chat/object
 */
export function annotationOf(citation: JsonObject, { start, end }: CitedRange): JsonObject | undefined {
  if (objectMember(citation, 'url_citation') !== undefined) return citation;
  const url = textMember(citation, 'url') ?? textMember(citation, 'uri');
  if (url === undefined) return undefined;
  const title = textMember(citation, 'title') ?? '';
  const from = countMember(citation, 'start_index');
  const to = countMember(citation, 'end_index');
  const isPlaced = citation['type'] === 'url_citation' && from !== undefined && to !== undefined;
  const place = isPlaced
    ? { start_index: start + from, end_index: start + to }
    : { start_index: start, end_index: end };
  return { type: 'url_citation', url_citation: { ...place, title, url } };
}
