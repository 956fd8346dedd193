import type { JsonObject, JsonValue, ReasoningBlock, ToolCallBlock } from '@sluice/core';
import { restoreMembers, withoutMembers } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';
import { unwrapInput } from './custom-input.js';
import { textOfReasoning, writeProof } from './reasoning-text.js';

/** Members of an item that the one who writes it knows, and that come first. */
export interface ItemHead {
  readonly id?: string | undefined;
  readonly status?: string | undefined;
}

/** Marks of how a call is spelled that are no members of their item. */
const REASONING_MARKS = ['place'];

/** Reasoning as an item: its parts as they came, if they still say the same; else one part of the summary. */
export function reasoningItem(
  block: Pick<ReasoningBlock, 'text' | 'signature' | 'redacted' | 'extensions'>,
  { id, status }: ItemHead,
): JsonObject {
  const carried = withoutMembers(carriedBy(block), REASONING_MARKS);
  const parts = carried !== undefined && textOfReasoning(carried).text === block.text ? carried : partsOf(block);
  const encrypted = writeProof(block);
  return restoreMembers(
    {
      type: 'reasoning',
      ...known({ id: carried?.['id'] ?? id }),
      summary: parts['summary'] ?? [],
      ...known({ content: parts['content'], encrypted_content: encrypted, status: carried?.['status'] ?? status }),
    },
    withoutMembers(carried, ['summary', 'content']),
  );
}

function partsOf({ text, extensions }: Pick<ReasoningBlock, 'text' | 'extensions'>): JsonObject {
  if (text === '') return { summary: [] };
  if (carriedBy({ ...(extensions && { extensions }) })?.['place'] === 'content') {
    return { summary: [], content: [{ type: 'reasoning_text', text }] };
  }
  return { summary: [{ type: 'summary_text', text }] };
}

export interface CallSpelling extends ItemHead {
  readonly callId: string;
  readonly name: string;
  readonly namespace?: string;
  readonly isCustom: boolean;
}

/** How the call of a tool is written, as far as the call itself tells. */
export function carriedSpelling(block: Pick<ToolCallBlock, 'extensions'>): Partial<CallSpelling> {
  const { name, namespace, type, id, status } = carriedBy(block) ?? {};
  return {
    ...(typeof name === 'string' && typeof namespace === 'string' && { name, namespace }),
    ...(type === 'custom_tool_call' && { isCustom: true }),
    ...(typeof id === 'string' && { id }),
    ...(typeof status === 'string' && { status }),
  };
}

/** A call as an item. No arguments are `{}`; the call of a custom tool holds its text. */
export function callItem(
  { argumentsJson, extensions }: Pick<ToolCallBlock, 'argumentsJson' | 'extensions'>,
  { id, status, callId, name, namespace, isCustom }: CallSpelling,
): JsonObject {
  const head = known({ id });
  const called = known({ call_id: callId, name, namespace });
  const item = isCustom
    ? { type: 'custom_tool_call', ...head, ...called, input: unwrapInput(argumentsJson) }
    : { type: 'function_call', ...head, ...called, arguments: argumentsJson || '{}' };
  return restoreMembers(
    { ...item, ...known({ status }) },
    withoutMembers(carriedBy({ ...(extensions && { extensions }) }), ['type']),
  );
}

function known(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
