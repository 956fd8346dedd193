import type { ContentBlock, JsonObject, Message } from '@sluice/core';
import { restoreMembers } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';
import {
  contentOf,
  encodePart,
  joinedContentOf,
  messageRest,
  withoutAttribution,
  type RequestScope,
} from './encode-content.js';

interface SystemPlace {
  readonly path: string;
  /** Whether only system messages stand before it. */
  readonly isFirst: boolean;
  readonly scope: RequestScope;
}

/** A system message in its place; undefined when nothing of it is for this vendor. */
export function encodeSystem(message: Message, { path, isFirst, scope }: SystemPlace): JsonObject | undefined {
  const parts = message.content.map(ownText).flatMap((block, index) => {
    const part = block && encodePart(block, `${path}/content/${index}`, scope);
    return part === undefined ? [] : [part];
  });
  if (parts.length === 0 && message.content.length > 0) return undefined;
  const carried = carriedBy(message);
  const content = carried?.['content'] === 'parts' ? contentOf(parts) : joinedContentOf(parts);
  if (!isFirst && scope.dialect.systemPosition === 'first') {
    scope.warnings.changed(
      path,
      'The vendor takes system messages at the beginning only: this one was given to the user.',
    );
    return { role: 'user', content: asReminder(content) };
  }
  const { developerRole, knowsDeveloper } = scope.dialect;
  const cameAsDeveloper = carried?.['role'] === 'developer';
  const role = developerRole || (cameAsDeveloper && knowsDeveloper) ? 'developer' : 'system';
  return restoreMembers({ role, content }, messageRest(carried));
}

function ownText(block: ContentBlock): ContentBlock | undefined {
  if (block.type !== 'text') return block;
  const text = withoutAttribution(block.text);
  if (text === block.text) return block;
  return text.trim() === '' ? undefined : { ...block, text };
}

function asReminder(content: string | readonly JsonObject[]): string | readonly JsonObject[] {
  if (typeof content === 'string') return `<system-reminder>\n${content}\n</system-reminder>`;
  return [{ type: 'text', text: '<system-reminder>' }, ...content, { type: 'text', text: '</system-reminder>' }];
}
