import { isJsonObject, type ContentBlock, type JsonObject, type JsonValue, type Message } from '@sluice/core';
import { carryUnknown, describeJson, invalidRequest, textMember } from '@sluice/translator-kit';
import { decodeBlock, type ReadSignature } from './decode-block.js';
import { carried, carriedAndSaid } from './node-rest.js';

/** Claude Code's attribution: addressed to Anthropic, so no other vendor is shown it. */
const ATTRIBUTION_PREFIX = 'x-anthropic-billing-header:';

const TURN: ReadonlySet<string> = new Set(['role', 'content']);

/**
 * `system` and `messages` in the client's order. A turn of role `system` stands in its place and keeps its role as this
 * format's own member: that is how it differs from the `system` beside the messages.
 * @throws GatewayError `invalid_request` naming the member that cannot be read
 */
export function decodeMessages(body: JsonObject, readSignature: ReadSignature): readonly Message[] {
  const { system, messages } = body;
  if (!Array.isArray(messages)) {
    throw invalidRequest(`messages: an array is expected, but it is ${describeJson(messages)}.`, 'messages');
  }
  // TypeScript does not narrow readonly arrays by Array.isArray
  const turns = (messages as readonly JsonValue[]).map((turn, at) => decodeTurn(turn, `messages.${at}`, readSignature));
  if (system === undefined || system === null) return turns;
  const content = decodeContent(system, 'system', (block) => decodeSystemBlock(block, readSignature));
  return content.length === 0 ? turns : [{ role: 'system', content }, ...turns];
}

function decodeTurn(turn: JsonValue, at: string, readSignature: ReadSignature): Message {
  if (!isJsonObject(turn)) throw invalidRequest(`${at}: an object is expected, but it is ${describeJson(turn)}.`, at);
  const role = textMember(turn, 'role');
  const content = decodeContent(turn['content'], `${at}.content`, (block) => decodeBlock(block, readSignature));
  if (role === 'system') {
    return { role, content, ...carriedAndSaid(carryUnknown(turn, TURN), { role }) };
  }
  if (role !== 'user' && role !== 'assistant') {
    throw invalidRequest(`${at}.role: one of user, assistant, system is expected.`, `${at}.role`);
  }
  return { role, content, ...carried(carryUnknown(turn, TURN)) };
}

function decodeContent(
  content: JsonValue | undefined,
  at: string,
  decode: (block: JsonObject) => ContentBlock,
): readonly ContentBlock[] {
  if (typeof content === 'string') return content === '' ? [] : [decode({ type: 'text', text: content })];
  if (!Array.isArray(content)) {
    throw invalidRequest(`${at}: a string or an array of blocks is expected, but it is ${describeJson(content)}.`, at);
  }
  return (content as readonly JsonValue[]).map((block, index) => {
    if (isJsonObject(block)) return decode(block);
    const place = `${at}.${index}`;
    throw invalidRequest(`${place}: a block is expected, but it is ${describeJson(block)}.`, place);
  });
}

/** The attribution travels as what only Anthropic understands. */
function decodeSystemBlock(block: JsonObject, readSignature: ReadSignature): ContentBlock {
  const isAttribution = textMember(block, 'text')?.startsWith(ATTRIBUTION_PREFIX) === true;
  return isAttribution
    ? { type: 'opaque', format: 'anthropic-messages', value: block }
    : decodeBlock(block, readSignature);
}
