import type { JsonObject } from '@sluice/core';
import { objectMember, textMember } from '@sluice/translator-kit';

/** The member of a block or a delta that holds its text, by type. Types not named here are content as soon as they come. */
const TEXT_MEMBERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    text: 'text',
    thinking: 'thinking',
    text_delta: 'text',
    thinking_delta: 'thinking',
    input_json_delta: 'partial_json',
  }),
);

/** Whether a `content_block_start` brings content: text and thinking open empty, everything else arrives whole or named. */
export function bringsBlockContent(event: JsonObject): boolean {
  return bringsContent(objectMember(event, 'content_block'));
}

/** Whether a `content_block_delta` brings content: a `thinking_delta` may hold nothing but an estimate. */
export function bringsDeltaContent(event: JsonObject): boolean {
  return bringsContent(objectMember(event, 'delta'));
}

function bringsContent(part: JsonObject | undefined): boolean {
  if (part === undefined) return false;
  const member = TEXT_MEMBERS.get(textMember(part, 'type') ?? '');
  return member === undefined || textMember(part, member) !== undefined;
}
