import type { JsonObject, TextBlock } from '@sluice/core';
import { objectMember, textMember } from '@sluice/translator-kit';

/** @see https://platform.openai.com/docs/api-reference/responses/object */
const OWN_TYPES: ReadonlySet<string | undefined> = new Set([
  'url_citation',
  'file_citation',
  'container_file_citation',
  'file_path',
]);

/** A text's citations as annotations of its part. */
export function annotationsOf(block: TextBlock): readonly JsonObject[] {
  return (block.citations ?? []).flatMap((citation) => {
    const annotation = annotationOf(citation, block.text.length);
    return annotation === undefined ? [] : [annotation];
  });
}

/**
 * A citation as an annotation: this format's own as it is, Chat Completions' nested one flat, every other one that names an
 * address as a `url_citation` of the text so far; undefined for citations of documents of other vendors.
 * @param textLength how many characters of its part it belongs to
 */
export function annotationOf(citation: JsonObject, textLength: number): JsonObject | undefined {
  const type = textMember(citation, 'type');
  const inner = objectMember(citation, 'url_citation');
  if (inner !== undefined) return { type: 'url_citation', ...inner };
  if (OWN_TYPES.has(type)) return citation;
  const url = textMember(citation, 'url') ?? textMember(citation, 'uri');
  if (url === undefined) return undefined;
  const title = textMember(citation, 'title') ?? '';
  return { type: 'url_citation', start_index: 0, end_index: textLength, url, title };
}
