import type { CanonicalRequest, ContentBlock, Extensions, FormatId, TranslationWarning } from '@sluice/core';
import { foreignMembers } from './said-members.js';

/** Names that one warning lists; the rest is counted. */
const MAX_NAMED = 8;

interface Place {
  readonly path: string;
  readonly extensions?: Extensions | undefined;
}

/**
 * The warnings for members that a request carries and `format` cannot say: those of the request by name, those of messages,
 * blocks and tools once for all of them, at the first place.
 */
export function reportForeign(request: CanonicalRequest, format: FormatId): readonly TranslationWarning[] {
  const warnings = foreignMembers(request.extensions, format).map(({ format: foreign, names }) =>
    dropped(`/extensions/${foreign}`, `Members that only ${foreign} has were left out: ${listed(names)}.`),
  );
  const places = placesOf(request).filter(({ extensions }) => foreignMembers(extensions, format).length > 0);
  const [first] = places;
  if (first === undefined) return warnings;
  const message = `Members of messages, blocks or tools that only another format has were left out, at ${places.length} places.`;
  return [...warnings, dropped(first.path, message)];
}

function placesOf({ messages, tools }: CanonicalRequest): readonly Place[] {
  return [
    ...messages.flatMap(({ content, extensions }, index) => [
      { path: `/messages/${index}`, extensions },
      ...placesIn(content, `/messages/${index}`),
    ]),
    ...tools.map((tool, index) => ({
      path: `/tools/${index}`,
      extensions: tool.kind === 'function' ? tool.extensions : undefined,
    })),
  ];
}

function placesIn(content: readonly ContentBlock[], parent: string): readonly Place[] {
  return content.flatMap((block, index) => {
    const path = `${parent}/content/${index}`;
    const place = { path, extensions: block.extensions };
    return block.type === 'tool-result' ? [place, ...placesIn(block.content, path)] : [place];
  });
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMED).join(', ');
  return names.length <= MAX_NAMED ? shown : `${shown} and ${names.length - MAX_NAMED} more`;
}

function dropped(path: string, message: string): TranslationWarning {
  return { path, effect: 'dropped', message };
}
