import type { ContentBlock, JsonObject } from '@sluice/core';
import { carryUnknown, nestedMember, objectMember, saidAs, textMember } from '@sluice/translator-kit';
import { carry, FORMAT } from '../carried.js';
import { inCamelCase } from '../member-names.js';
import { decodeFunctionResponse } from './decode-function-response.js';
import { decodeMedia } from './decode-media.js';
import { decodeServerPart } from './decode-server-part.js';
import type { PartScope } from './part-scope.js';

/** Members of a part that Google also reads in snake case. */
const PART: ReadonlySet<string> = new Set([
  'codeExecutionResult',
  'executableCode',
  'fileData',
  'functionCall',
  'functionResponse',
  'inlineData',
  'mediaResolution',
  'partMetadata',
  'thoughtSignature',
  'toolCall',
  'toolResponse',
  'videoMetadata',
]);

const TEXT: ReadonlySet<string> = new Set(['text', 'thoughtSignature']);
const THOUGHT: ReadonlySet<string> = new Set(['text', 'thoughtSignature', 'thought']);
const CALL_PART: ReadonlySet<string> = new Set(['functionCall', 'thoughtSignature']);
const CALL: ReadonlySet<string> = new Set(['id', 'name', 'args']);

/** A part under the names that this folder uses. */
export function canonicalPart(wire: JsonObject): JsonObject {
  return inCamelCase(wire, PART);
}

/**
 * One part of a turn or of an answer. What no canonical block says travels opaque.
 * @see https://ai.google.dev/api/caching#Part
 */
export function decodePart(wire: JsonObject, scope: PartScope): ContentBlock {
  const part = canonicalPart(wire);
  const call = objectMember(part, 'functionCall');
  if (call !== undefined) return decodeCall(part, call, scope);
  const response = objectMember(part, 'functionResponse');
  if (response !== undefined && scope.answeredCall !== undefined) {
    const callId = scope.answeredCall(response);
    return decodeFunctionResponse(part, response, {
      callId,
      decodeNested: (nestedPart) => decodePart(nestedPart, scope),
    });
  }
  return decodeMedia(part) ?? decodeServerPart(part, scope) ?? decodeText(part, scope) ?? opaque(part);
}

function decodeCall(part: JsonObject, call: JsonObject, scope: PartScope): ContentBlock {
  const signature = textMember(part, 'thoughtSignature');
  return {
    type: 'tool-call',
    ...scope.identify(call),
    argumentsJson: JSON.stringify(objectMember(call, 'args') ?? {}),
    ...(signature !== undefined && { signature: scope.signed(signature) }),
    ...carry(carryUnknown(part, CALL_PART), nestedMember('functionCall', carryUnknown(call, CALL))),
  };
}

/** An empty text with a signature is a proof of reasoning that is not shown, wherever it stands. */
function decodeText(part: JsonObject, scope: PartScope): ContentBlock | undefined {
  const { text, thought } = part;
  if (typeof text !== 'string') return undefined;
  const value = textMember(part, 'thoughtSignature');
  const signature = value === undefined ? {} : { signature: scope.signed(value) };
  if (thought === true) return { type: 'reasoning', text, ...signature, ...carry(carryUnknown(part, THOUGHT)) };
  const rest = carryUnknown(part, TEXT);
  if (text === '' && value !== undefined)
    return { type: 'reasoning', text, ...signature, ...carry(saidAs({ thought: false }), rest) };
  return { type: 'text', text, ...signature, ...carry(rest) };
}

function opaque(part: JsonObject): ContentBlock {
  return { type: 'opaque', format: FORMAT, value: part };
}
