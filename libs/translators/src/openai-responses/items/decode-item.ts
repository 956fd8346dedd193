import type { ContentBlock, JsonObject, ReasoningBlock, ServerToolBlock, Signature, ToolCallBlock } from '@sluice/core';
import { carryUnknown, textMember } from '@sluice/translator-kit';
import { carry, carryMore, FORMAT, partition } from '../carried.js';
import { wrapInput } from './custom-input.js';
import { decodeContent } from './decode-part.js';
import { inputOfItem, toolOfItem } from './item-kinds.js';
import { readProof, textOfReasoning } from './reasoning-text.js';
import { qualifiedName } from './tool-namespace.js';

/** What the format keeps beside the words of an item and no other format misses. */
export const ITEM_SPELLING: ReadonlySet<string> = new Set(['id', 'status', 'phase']);

const MESSAGE: ReadonlySet<string> = new Set(['type', 'role', 'content']);
const REASONING: ReadonlySet<string> = new Set(['type', 'encrypted_content']);
const REASONING_SPELLING: ReadonlySet<string> = new Set([...ITEM_SPELLING, 'summary', 'content']);
const FUNCTION_CALL: ReadonlySet<string> = new Set(['type', 'call_id', 'name', 'namespace', 'arguments']);
const CUSTOM_CALL: ReadonlySet<string> = new Set(['type', 'call_id', 'name', 'namespace', 'input']);

export interface ItemReading {
  /** Where the item stands, for errors. */
  readonly path: string;
  /** Whose a proof is that is not recognised: in an answer the vendor's own. */
  readonly family: Signature['family'];
  /** The model that gave the proof, where it is known. */
  readonly model?: string;
}

/** One item of an answer, or what the model said in a history, as blocks. */
export function decodeItem(item: JsonObject, reading: ItemReading): readonly ContentBlock[] {
  switch (item['type'] ?? 'message') {
    case 'message':
      return decodeMessage(item, reading.path);
    case 'reasoning':
      return [decodeReasoning(item, reading)];
    case 'function_call':
    case 'custom_tool_call':
      return [decodeCall(item)];
    default:
      return [decodeServerItem(item)];
  }
}

/**
 * A message's parts. The first one carries the message, so that it is known where one ends and the next begins; a message
 * without any words becomes an empty text that does.
 */
function decodeMessage(item: JsonObject, path: string): readonly ContentBlock[] {
  const { content } = item;
  const [first, ...others] = decodeContent(content, `${path}.content`, 'output_text');
  const rest = messageRest(item);
  if (first === undefined) return [{ type: 'text', text: '', ...carry(undefined, { message: { ...rest, content } }) }];
  const message = typeof content === 'string' ? { ...rest, content: 'string' } : rest;
  return [{ ...first, ...carryMore(first, { message }) }, ...others];
}

/** A message's members beside its words. */
export function messageRest(item: JsonObject): JsonObject {
  return { ...carryUnknown(item, MESSAGE), ...(item['type'] === undefined && { type: null }) };
}

function decodeReasoning(item: JsonObject, { family, model }: ItemReading): ReasoningBlock {
  const encrypted = textMember(item, 'encrypted_content');
  return {
    type: 'reasoning',
    text: textOfReasoning(item).text,
    ...(encrypted !== undefined && readProof(encrypted, family, model)),
    ...reasoningExtensions(item),
  };
}

/** What a block of reasoning carries of its item. */
export function reasoningExtensions(item: JsonObject): Pick<ReasoningBlock, 'extensions'> {
  const { named, others } = partition(carryUnknown(item, REASONING), REASONING_SPELLING);
  return carry(others, named);
}

function decodeCall(item: JsonObject): ToolCallBlock {
  const name = qualifiedName(textMember(item, 'name') ?? '', textMember(item, 'namespace'));
  const id = textMember(item, 'call_id') ?? textMember(item, 'id') ?? '';
  return { type: 'tool-call', id, name, argumentsJson: argumentsOf(item), ...callExtensions(item) };
}

/** What a block of a call carries of its item. */
export function callExtensions(item: JsonObject): Pick<ToolCallBlock, 'extensions'> {
  const { type, name, namespace } = item;
  const isCustom = type === 'custom_tool_call';
  const { named, others } = partition(carryUnknown(item, isCustom ? CUSTOM_CALL : FUNCTION_CALL), ITEM_SPELLING);
  const isNamespaced = typeof namespace === 'string' && namespace !== '';
  return carry(others, { ...named, ...(isCustom && { type }), ...(isNamespaced && { name, namespace }) });
}

/** Some vendors send the arguments as an object. */
export function argumentsOf(item: JsonObject): string {
  if (item['type'] === 'custom_tool_call') return wrapInput(typeof item['input'] === 'string' ? item['input'] : '');
  const value = item['arguments'];
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

function decodeServerItem(item: JsonObject): ServerToolBlock {
  const id = textMember(item, 'id') ?? textMember(item, 'call_id') ?? '';
  const input = inputOfItem(item);
  const raw = { format: FORMAT, value: item };
  return { type: 'server-tool', id, tool: toolOfItem(item), ...(input !== undefined && { input }), raw };
}
