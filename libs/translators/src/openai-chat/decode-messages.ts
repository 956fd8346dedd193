import { isJsonObject, type ContentBlock, type JsonObject, type JsonValue, type Message } from '@sluice/core';
import {
  carryUnknown,
  describeJson,
  invalidRequest,
  objectMember,
  objectsMember,
  textMember,
} from '@sluice/translator-kit';
import { decodeContent, readCache } from './decode-content.js';

/** Reasoning as vendors spell it in an assistant's message; the first that is there counts. */
const REASONING_MEMBERS = ['reasoning_content', 'reasoning'] as const;

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
  const content = (): ContentBlock[] => withMessageCache(decodeContent(message['content'], `${path}.content`), message);
  switch (message['role']) {
    case 'system':
      return { role: 'system', content: content(), ...extensionsOf(message) };
    case 'developer':
      return { role: 'system', content: content(), ...extensionsOf(message, { role: 'developer' }) };
    case 'user':
      return { role: 'user', content: content(), ...extensionsOf(message) };
    case 'assistant':
      return {
        role: 'assistant',
        content: [...reasoningOf(message), ...content(), ...refusalOf(message), ...callsOf(message, path, legacyCalls)],
        ...extensionsOf(message),
      };
    case 'tool':
      return { role: 'user', content: [toolResult(message, textMember(message, 'tool_call_id') ?? '', content())] };
    case 'function':
      return { role: 'user', content: [toolResult(message, legacyCalls.answer(), content())] };
    default:
      throw invalidRequest(
        `"${path}.role" must be system, developer, user, assistant or tool, but it is ${describeJson(message['role'])}.`,
        `${path}.role`,
      );
  }
}

function reasoningOf(message: JsonObject): ContentBlock[] {
  for (const member of REASONING_MEMBERS) {
    const text = textMember(message, member);
    if (text !== undefined) return [{ type: 'reasoning', text }];
  }
  return [];
}

function refusalOf(message: JsonObject): ContentBlock[] {
  const text = textMember(message, 'refusal');
  return text === undefined ? [] : [{ type: 'refusal', text }];
}

function callsOf(message: JsonObject, path: string, legacyCalls: LegacyCalls): ContentBlock[] {
  const calls = objectsMember(message, 'tool_calls').map((call, index) =>
    decodeCall(call, `${path}.tool_calls[${index}]`),
  );
  const legacy = objectMember(message, 'function_call');
  if (legacy === undefined) return calls;
  const name = textMember(legacy, 'name') ?? '';
  return [...calls, { type: 'tool-call', id: legacyCalls.call(), name, argumentsJson: argumentsOf(legacy) }];
}

function decodeCall(call: JsonObject, path: string): ContentBlock {
  const custom = objectMember(call, 'custom');
  const called = objectMember(call, 'function') ?? custom;
  const name = textMember(called, 'name');
  if (called === undefined || name === undefined) throw invalidRequest(`"${path}.function.name" is missing.`, path);
  const unknown = carryUnknown(call, ['id', 'type', 'function', 'custom']);
  return {
    type: 'tool-call',
    id: textMember(call, 'id') ?? '',
    name,
    argumentsJson: custom === undefined ? argumentsOf(called) : JSON.stringify({ input: custom['input'] ?? '' }),
    ...(unknown !== undefined && { extensions: { 'openai-chat': unknown } }),
  };
}

function argumentsOf(called: JsonObject): string {
  const value = called['arguments'];
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value); // some clients send the object itself
}

function toolResult(message: JsonObject, callId: string, content: readonly ContentBlock[]): ContentBlock {
  const name = textMember(message, 'name');
  return { type: 'tool-result', callId, ...(name !== undefined && { name }), content };
}

/** A breakpoint on the message stands after its last block, unless that has its own. */
function withMessageCache(content: ContentBlock[], message: JsonObject): ContentBlock[] {
  const cache = readCache(message);
  const last = content.at(-1);
  if (cache === undefined || last === undefined || last.cache !== undefined) return content;
  return [...content.slice(0, -1), { ...last, cache }];
}

const KNOWN_MEMBERS = [
  'role',
  'content',
  'refusal',
  'tool_calls',
  'function_call',
  'cache_control',
  ...REASONING_MEMBERS,
];

function extensionsOf(message: JsonObject, more?: JsonObject): Pick<Message, 'extensions'> {
  const unknown = carryUnknown(message, KNOWN_MEMBERS);
  if (unknown === undefined && more === undefined) return {};
  return { extensions: { 'openai-chat': { ...unknown, ...more } } };
}

/** Functions had no ids: a call and the next answer belong together. */
class LegacyCalls {
  #count = 0;

  call(): string {
    this.#count += 1;
    return `call_fn_${this.#count}`;
  }

  answer(): string {
    return `call_fn_${this.#count}`;
  }
}
