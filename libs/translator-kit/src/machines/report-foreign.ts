import type { CanonicalRequest, ContentBlock, Extensions, FormatId, TranslationWarning } from '@sluice/core';
import { foreignMembers } from './said-members.js';

/** Names that one warning lists; the rest is counted. */
const MAX_NAMED = 8;

/**
 * The warnings for members that a request carries and `format` cannot say: those of the request by name, those of messages,
 * blocks and tools once for all of them, at the first place.
 */
export function reportForeign(request: CanonicalRequest, format: FormatId): readonly TranslationWarning[] {
  const warnings = foreignMembers(request.extensions, format).map(({ format: foreign, names }) =>
    dropped(`/extensions/${foreign}`, `Members that only ${foreign} has were left out: ${listed(names)}.`),
  );
  const places = foreignPlaces(request, format);
  const [first] = places;
  if (first === undefined) return warnings;
  const message = `Members of messages, blocks or tools that only another format has were left out, at ${places.length} places.`;
  return [...warnings, dropped(first, message)];
}

/** Hot path: a path is written only for what is reported, as most requests report nothing. */
function foreignPlaces({ messages, tools }: CanonicalRequest, format: FormatId): readonly string[] {
  const places: string[] = [];
  const isForeign = (extensions: Extensions | undefined): boolean =>
    extensions !== undefined && foreignMembers(extensions, format).length > 0;
  const visit = (content: readonly ContentBlock[], pathOfParent: () => string): void => {
    content.forEach((block, index) => {
      const path = (): string => `${pathOfParent()}/content/${index}`;
      if (isForeign(block.extensions)) places.push(path());
      if (block.type === 'tool-result') visit(block.content, path);
    });
  };
  messages.forEach(({ content, extensions }, index) => {
    const path = (): string => `/messages/${index}`;
    if (isForeign(extensions)) places.push(path());
    visit(content, path);
  });
  tools.forEach((tool, index) => {
    if (tool.kind === 'function' && isForeign(tool.extensions)) places.push(`/tools/${index}`);
  });
  return places;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMED).join(', ');
  return names.length <= MAX_NAMED ? shown : `${shown} and ${names.length - MAX_NAMED} more`;
}

function dropped(path: string, message: string): TranslationWarning {
  return { path, effect: 'dropped', message };
}
