import type { ContentBlock, JsonObject } from '@sluice/core';
import { objectMember, objectsMember, textMember } from '@sluice/translator-kit';

/** Where a grounding chunk names its source. */
const SOURCES = ['web', 'retrievedContext', 'maps', 'image'] as const;

/**
 * The addresses that a candidate says its text rests on.
 * @see https://ai.google.dev/api/generate-content#GroundingMetadata
 */
export function citationsOf(candidate: JsonObject | undefined): readonly JsonObject[] {
  const grounding = objectsMember(objectMember(candidate, 'groundingMetadata'), 'groundingChunks').flatMap((chunk) =>
    SOURCES.flatMap((source) => citationOf(objectMember(chunk, source))),
  );
  const metadata = objectMember(candidate, 'citationMetadata');
  const quoted = [...objectsMember(metadata, 'citationSources'), ...objectsMember(metadata, 'citations')];
  return [...grounding, ...quoted.flatMap(citationOf)];
}

/** Citations as grounding of a candidate that has none of Google's own. */
export function groundingOf(citations: readonly JsonObject[]): JsonObject | undefined {
  const chunks = citations.flatMap((citation) => {
    const source = objectMember(citation, 'url_citation') ?? citation;
    const uri = textMember(source, 'url') ?? textMember(source, 'uri');
    const title = textMember(source, 'title');
    return uri === undefined ? [] : [{ web: { uri, ...(title !== undefined && { title }) } }];
  });
  return chunks.length === 0 ? undefined : { groundingChunks: chunks };
}

/** The blocks with the citations at the last text; as they were when there is none. */
export function withCitations(
  blocks: readonly ContentBlock[],
  citations: readonly JsonObject[],
): readonly ContentBlock[] {
  const last = blocks.findLastIndex(({ type }) => type === 'text');
  if (citations.length === 0 || last < 0) return blocks;
  return blocks.map((block, index) => (index === last && block.type === 'text' ? { ...block, citations } : block));
}

function citationOf(source: JsonObject | undefined): readonly JsonObject[] {
  const url = textMember(source, 'uri');
  const title = textMember(source, 'title');
  return url === undefined ? [] : [{ type: 'web', url, ...(title !== undefined && { title }) }];
}
