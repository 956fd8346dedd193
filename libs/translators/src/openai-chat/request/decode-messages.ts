import { isJsonObject, type ContentBlock, type JsonObject, type JsonValue, type Message } from '@sluice/core';
import { describeJson, describeWord, invalidRequest, textMember } from '@sluice/translator-kit';
import { carry, spelled } from '../carried.js';
import { carryNode } from './carry-node.js';
import { decodeContent, readCache } from './decode-content.js';
import { decodeHistoryReasoning, REASONING_MEMBERS } from './decode-history-reasoning.js';
import { decodeHistoryCalls, LegacyCalls } from './history-calls.js';

const PROMPT: ReadonlySet<string> = new Set(['role', 'content']);
const RESULT: ReadonlySet<string> = new Set(['role', 'content', 'tool_call_id', 'name']);
const ASSISTANT: ReadonlySet<string> = new Set([
  'role',
  'content',
  'refusal',
  'tool_calls',
  'function_call',
  ...REASONING_MEMBERS,
]);

/** Marks content that came as a list of texts: formats without such lists have it joined. */
export const CONTENT_PARTS: JsonObject = { content: 'parts' };

/**
 * The conversation in the client's order. A tool message becomes a user message with one result.
 * @throws GatewayError `invalid_request` naming the place
 */
export function decodeMessages(messages: JsonValue | undefined): Message[] {
  if (!Array.isArray(messages)) {
    throw invalidRequest(`"messages" must be a list, but it is ${describeJson(messages)}.`, 'messages');
  }
  const legacyCalls = new LegacyCalls();
  return messages.map((message: JsonValue, index) => {
    const path = `messages[${index}]`;
    if (!isJsonObject(message)) {
      throw invalidRequest(`"${path}" must be an object, but it is ${describeJson(message)}.`, path);
    }
    return decodeMessage(message, path, legacyCalls);
  });
}

function decodeMessage(message: JsonObject, path: string, legacyCalls: LegacyCalls): Message {
  const content = withMessageCache(decodeContent(message['content'], `${path}.content`), message);
  switch (message['role']) {
    case 'system':
      return { role: 'system', content, ...carryNode(message, PROMPT, { spelling: partsHint(content) }) };
    case 'developer':
      return {
        role: 'system',
        content,
        ...carryNode(message, PROMPT, { spelling: { ...partsHint(content), role: 'developer' } }),
      };
    case 'user':
      return { role: 'user', content, ...carryNode(message, PROMPT) };
    case 'assistant':
      return {
        role: 'assistant',
        content: [
          ...decodeHistoryReasoning(message),
          ...content,
          ...refusalOf(message),
          ...decodeHistoryCalls(message, path, legacyCalls),
        ],
        ...carryNode(message, ASSISTANT),
      };
    case 'tool':
      return toolMessage(message, textMember(message, 'tool_call_id') ?? '', content);
    case 'function':
      return toolMessage(message, legacyCalls.answer(), content);
    default:
      throw invalidRequest(
        `"${path}.role" must be system, developer, user, assistant or tool, but it is ${describeWord(message['role'])}.`,
        `${path}.role`,
      );
  }
}

function toolMessage(message: JsonObject, callId: string, content: readonly ContentBlock[]): Message {
  const name = textMember(message, 'name');
  const result: ContentBlock = {
    type: 'tool-result',
    callId,
    ...(name !== undefined && { name }),
    content,
    ...carry(spelled(partsHint(content))),
  };
  return {
    role: 'user',
    content: [result],
    ...carryNode(message, RESULT, { spelling: name === undefined ? undefined : { name } }),
  };
}

function partsHint(content: readonly ContentBlock[]): JsonObject | undefined {
  return content.length > 1 ? CONTENT_PARTS : undefined;
}

function refusalOf(message: JsonObject): ContentBlock[] {
  const text = textMember(message, 'refusal');
  return text === undefined ? [] : [{ type: 'refusal', text }];
}

/** A breakpoint on the message stands after its last block, unless that has its own. */
function withMessageCache(content: readonly ContentBlock[], message: JsonObject): readonly ContentBlock[] {
  const cache = readCache(message);
  const last = content.at(-1);
  if (cache === undefined || last === undefined || last.cache !== undefined) return content;
  return [...content.slice(0, -1), { ...last, cache }];
}
