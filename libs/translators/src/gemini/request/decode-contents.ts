import {
  isJsonObject,
  type ContentBlock,
  type JsonObject,
  type JsonValue,
  type Message,
  type Signature,
} from '@sluice/core';
import {
  carryUnknown,
  describeJson,
  invalidRequest,
  saidAs,
  signatureFamily,
  textMember,
} from '@sluice/translator-kit';
import { carry } from '../carried.js';
import { decodePart } from '../part/decode-part.js';
import { inventCallId } from '../part/call-id.js';
import { CallPairing } from './call-pairing.js';

const CONTENT: ReadonlySet<string> = new Set(['role', 'parts']);

/** Roles that say nothing more than the canonical ones. */
const PLAIN_ROLES: ReadonlySet<string> = new Set(['user', 'model']);

/**
 * `systemInstruction` and `contents` as messages, the instruction first.
 * @throws GatewayError `invalid_request`
 * @see https://ai.google.dev/api/caching#Content
 */
export function decodeContents(system: JsonValue | undefined, contents: JsonValue | undefined): readonly Message[] {
  const pairing = new CallPairing();
  const turns = contentList(contents).map((content, index) => decodeContent(content, index, pairing));
  const instruction = decodeSystem(system);
  return instruction === undefined ? turns : [instruction, ...turns];
}

/** One content, one string or a list of either, as SDKs' short forms have it. */
function contentList(contents: JsonValue | undefined): readonly JsonObject[] {
  if (contents === undefined || contents === null) return [];
  const list: readonly JsonValue[] = Array.isArray(contents) ? contents : [contents];
  return list.map((content, index) => {
    if (typeof content === 'string') return { parts: [{ text: content }] };
    if (isJsonObject(content)) return content;
    const at = `contents[${index}]`;
    throw invalidRequest(`${at}: an object is expected, but it is ${describeJson(content)}.`, at);
  });
}

function decodeSystem(system: JsonValue | undefined): Message | undefined {
  if (system === undefined || system === null) return undefined;
  const content = typeof system === 'string' ? { parts: [{ text: system }] } : system;
  if (!isJsonObject(content)) {
    throw invalidRequest(
      `systemInstruction: parts are expected, but it is ${describeJson(system)}.`,
      'systemInstruction',
    );
  }
  const role = textMember(content, 'role');
  return {
    role: 'system',
    content: partsOf(content, 'systemInstruction').map((part, position) => decodeSystemPart(part, position)),
    ...carry(carryUnknown(content, CONTENT), role === undefined ? undefined : saidAs({ role })),
  };
}

function decodeSystemPart(part: JsonObject, position: number): ContentBlock {
  return decodePart(part, {
    signed: recognised,
    identify: (call) => ({ id: inventCallId(['system', position]), name: textMember(call, 'name') ?? '' }),
    inventServerId: () => inventCallId(['system', position]),
  });
}

function decodeContent(content: JsonObject, index: number, pairing: CallPairing): Message {
  const role = textMember(content, 'role');
  const blocks = partsOf(content, `contents[${index}]`).map((part, position) => {
    const at = `contents[${index}].parts[${position}]`;
    return decodePart(part, {
      signed: recognised,
      identify: (call) => ({ id: pairing.call(call, [index, position]), name: requireName(call, at) }),
      answeredCall: (response) => pairing.response(response, [index, position]),
      inventServerId: () => inventCallId(['server', index, position]),
    });
  });
  return {
    role: role === 'model' ? 'assistant' : 'user',
    content: blocks,
    ...carry(
      carryUnknown(content, CONTENT),
      role === undefined || PLAIN_ROLES.has(role) ? undefined : saidAs({ role }),
    ),
  };
}

/** In this format's own member an unrecognised signature is Google's: its envelope changes with its models. */
function recognised(value: string): Signature {
  const family = signatureFamily(value);
  return { family: family === 'unknown' ? 'gemini' : family, value };
}

function partsOf({ parts }: JsonObject, at: string): readonly JsonObject[] {
  if (parts === undefined || parts === null) return [];
  const list: readonly JsonValue[] = Array.isArray(parts) ? parts : [parts];
  return list.map((part, position) => {
    if (typeof part === 'string') return { text: part };
    if (isJsonObject(part)) return part;
    const place = `${at}.parts[${position}]`;
    throw invalidRequest(`${place}: an object is expected, but it is ${describeJson(part)}.`, place);
  });
}

function requireName(call: JsonObject, at: string): string {
  const name = textMember(call, 'name');
  if (name === undefined)
    throw invalidRequest(`${at}.functionCall.name: a name is expected.`, `${at}.functionCall.name`);
  return name;
}
