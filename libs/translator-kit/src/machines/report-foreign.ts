import type { CanonicalRequest, ContentBlock, Extensions, FormatId, TranslationWarning } from '@sluice/core';
import { foreignMembers } from './said-members.js';
import { isSiblingMember } from './sibling-members.js';

/** Formats that say how closely to look at an image. */
const KNOW_DETAIL: ReadonlySet<FormatId> = new Set(['openai-chat', 'openai-responses']);

/** Names that one warning lists; the rest is counted. */
const MAX_NAMED = 8;

/**
 * The warnings for members that a request carries and `format` cannot say: those of the request by name, those of messages,
 * blocks and tools once for all of them, at the first place.
 */
export function reportForeign(request: CanonicalRequest, format: FormatId): readonly TranslationWarning[] {
  const warnings = foreignMembers(request.extensions, format).flatMap(({ format: foreign, names }) => {
    const bag = request.extensions?.[foreign] ?? {};
    const lost = names.filter((name) => !isSiblingMember(bag, name, [foreign, format]));
    if (lost.length === 0) return [];
    return [dropped(`/extensions/${foreign}`, `Members that only ${foreign} has were left out: ${listed(lost)}.`)];
  });
  const { members, details } = foreignPlaces(request, format);
  const [member] = members;
  const [detail] = KNOW_DETAIL.has(format) ? [] : details;
  return [
    ...warnings,
    ...(member === undefined
      ? []
      : [
          dropped(
            member,
            `Members of messages, blocks or tools that only another format has were left out, at ${members.length} places.`,
          ),
        ]),
    ...(detail === undefined
      ? []
      : [dropped(detail, `How closely to look cannot be said; it was left out at ${details.length} images.`)]),
  ];
}

interface Places {
  /** Of nodes that hold what only another format says. */
  readonly members: readonly string[];
  /** Of images that are to be looked at more or less closely. */
  readonly details: readonly string[];
}

/** Hot path: a path is written only for what is reported, as most requests report nothing. */
function foreignPlaces({ messages, tools }: CanonicalRequest, format: FormatId): Places {
  const members: string[] = [];
  const details: string[] = [];
  const isForeign = (extensions: Extensions | undefined): boolean =>
    extensions !== undefined && foreignMembers(extensions, format).length > 0;
  const visit = (content: readonly ContentBlock[], pathOfParent: () => string): void => {
    content.forEach((block, index) => {
      const path = (): string => `${pathOfParent()}/content/${index}`;
      if (isForeign(block.extensions)) members.push(path());
      if (block.type === 'image' && block.detail !== undefined) details.push(path());
      if (block.type === 'tool-result') visit(block.content, path);
    });
  };
  messages.forEach(({ content, extensions }, index) => {
    const path = (): string => `/messages/${index}`;
    if (isForeign(extensions)) members.push(path());
    visit(content, path);
  });
  tools.forEach((tool, index) => {
    if (tool.kind === 'function' && isForeign(tool.extensions)) members.push(`/tools/${index}`);
  });
  return { members, details };
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMED).join(', ');
  return names.length <= MAX_NAMED ? shown : `${shown} and ${names.length - MAX_NAMED} more`;
}

function dropped(path: string, message: string): TranslationWarning {
  return { path, effect: 'dropped', message };
}
