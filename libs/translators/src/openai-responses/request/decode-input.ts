import { isJsonObject, type ContentBlock, type JsonObject, type JsonValue, type Message } from '@sluice/core';
import { carryUnknown, describeJson, describeWord, invalidRequest, textMember } from '@sluice/translator-kit';
import { carry, FORMAT, partition } from '../carried.js';
import { decodeItem, ITEM_SPELLING } from '../items/decode-item.js';
import { decodeContent } from '../items/decode-part.js';
import { isOutputItem } from '../items/item-kinds.js';
import { resultsBehindCalls } from './results-behind-calls.js';

const MESSAGE: ReadonlySet<string> = new Set(['type', 'role', 'content']);
const OUTPUT: ReadonlySet<string> = new Set(['type', 'call_id', 'output']);

/**
 * `input` as a conversation in the client's order: what the model said between two messages of the client is one message, and
 * so are the results of its calls.
 * @throws GatewayError `invalid_request` naming the place
 */
export function decodeInput(input: JsonValue | undefined): readonly Message[] {
  if (input === undefined || input === null) return [];
  if (typeof input === 'string') {
    return [{ role: 'user', content: [{ type: 'text', text: input }], ...carry(undefined, { input: 'string' }) }];
  }
  if (!Array.isArray(input)) {
    throw invalidRequest(`"input" must be a string or a list of items, but it is ${describeJson(input)}.`, 'input');
  }
  const history = new History();
  for (const [index, item] of (input as readonly JsonValue[]).entries()) {
    const path = `input[${index}]`;
    if (!isJsonObject(item)) {
      throw invalidRequest(`"${path}" must be an object, but it is ${describeJson(item)}.`, path);
    }
    history.add(item, path);
  }
  return resultsBehindCalls(history.messages);
}

class History {
  readonly messages: Message[] = [];
  /** The message that the next item of its kind belongs to. */
  #open: { readonly kind: 'said' | 'results'; readonly content: ContentBlock[] } | undefined;

  add(item: JsonObject, path: string): void {
    if (isOutputItem(item)) {
      for (const block of decodeItem(item, { path, family: 'unknown' })) this.#append('said', block);
      return;
    }
    switch (item['type'] ?? 'message') {
      case 'message':
        this.#open = undefined;
        this.messages.push(decodeMessage(item, path));
        return;
      case 'function_call_output':
      case 'custom_tool_call_output':
        return this.#append('results', decodeOutput(item, path));
      default:
        this.#append('results', { type: 'opaque', format: FORMAT, value: item });
    }
  }

  #append(kind: 'said' | 'results', block: ContentBlock): void {
    if (this.#open?.kind !== kind) {
      this.#open = { kind, content: [] };
      this.messages.push({ role: kind === 'said' ? 'assistant' : 'user', content: this.#open.content });
    }
    this.#open.content.push(block);
  }
}

function decodeMessage(item: JsonObject, path: string): Message {
  const { role } = item;
  if (role !== 'user' && role !== 'system' && role !== 'developer') {
    throw invalidRequest(
      `"${path}.role" must be user, system, developer or assistant, but it is ${describeWord(role)}.`,
      `${path}.role`,
    );
  }
  const { named, others } = partition(carryUnknown(item, MESSAGE), ITEM_SPELLING);
  const spelling: JsonObject = {
    ...named,
    ...(item['type'] === undefined && { type: null }),
    ...(typeof item['content'] === 'string' && { content: 'string' }),
    ...(role === 'developer' && { role }),
  };
  return {
    role: role === 'user' ? 'user' : 'system',
    content: decodeContent(item['content'], `${path}.content`, 'input_text'),
    ...carry(others, spelling),
  };
}

function decodeOutput(item: JsonObject, path: string): ContentBlock {
  const { type, output } = item;
  const { named, others } = partition(carryUnknown(item, OUTPUT), ITEM_SPELLING);
  return {
    type: 'tool-result',
    callId: textMember(item, 'call_id') ?? '',
    content: decodeContent(output, `${path}.output`, 'input_text'),
    ...carry(others, {
      ...named,
      ...(type === 'custom_tool_call_output' && { type }),
      ...(Array.isArray(output) && { output: 'parts' }),
    }),
  };
}
