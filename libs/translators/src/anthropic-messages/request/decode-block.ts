import {
  isJsonObject,
  type ContentBlock,
  type JsonObject,
  type JsonValue,
  type ReasoningBlock,
  type Signature,
  type TextBlock,
  type ToolCallBlock,
} from '@sluice/core';
import { textMember } from '@sluice/translator-kit';
import { decodeMedia, decodeSearchResult } from './decode-media.js';
import { decodeServerTool, isServerToolType } from './decode-server-tool.js';
import { decodeToolResult } from './decode-tool-result.js';
import { restOf } from './node-rest.js';

/** Whose proof a bare signature is: in an answer the vendor's own, in a client's history it has to be recognised. */
export type ReadSignature = (value: string) => Signature;

const TEXT: ReadonlySet<string> = new Set(['type', 'text', 'citations']);
const THINKING: ReadonlySet<string> = new Set(['type', 'thinking', 'signature']);
const REDACTED: ReadonlySet<string> = new Set(['type', 'data']);
const TOOL_USE: ReadonlySet<string> = new Set(['type', 'id', 'name', 'input']);
const UNCITED_TEXT: ReadonlySet<string> = new Set(['type', 'text']);

/** A content block of a message or an answer; what it does not know, or cannot read, is carried as it is. */
export function decodeBlock(block: JsonObject, readSignature: ReadSignature): ContentBlock {
  return decodeKnown(block, readSignature) ?? { type: 'opaque', format: 'anthropic-messages', value: block };
}

function decodeKnown(block: JsonObject, readSignature: ReadSignature): ContentBlock | undefined {
  const type = textMember(block, 'type') ?? '';
  switch (type) {
    case 'text':
      return decodeText(block);
    case 'thinking':
      return decodeThinking(block, readSignature);
    case 'redacted_thinking':
      return decodeRedacted(block);
    case 'image':
    case 'document':
      return decodeMedia(block, type);
    case 'search_result':
      return decodeSearchResult(block);
    case 'tool_use':
      return decodeToolUse(block);
    case 'tool_result':
      return decodeToolResult(block, (nested) => decodeBlock(nested, readSignature));
    default:
      return isServerToolType(type) ? decodeServerTool(block) : undefined;
  }
}

function decodeText(block: JsonObject): TextBlock | undefined {
  const { text, citations } = block;
  if (typeof text !== 'string') return undefined;
  if (!isCitationList(citations)) return { type: 'text', text, ...restOf(block, UNCITED_TEXT) };
  return { type: 'text', text, citations, ...restOf(block, TEXT) };
}

function decodeThinking(block: JsonObject, readSignature: ReadSignature): ReasoningBlock | undefined {
  const { thinking } = block;
  if (typeof thinking !== 'string') return undefined;
  const signature = textMember(block, 'signature');
  return {
    type: 'reasoning',
    text: thinking,
    ...(signature === undefined ? {} : { signature: readSignature(signature) }),
    ...restOf(block, THINKING),
  };
}

function decodeRedacted(block: JsonObject): ReasoningBlock | undefined {
  const redacted = textMember(block, 'data');
  return redacted === undefined ? undefined : { type: 'reasoning', text: '', redacted, ...restOf(block, REDACTED) };
}

function decodeToolUse(block: JsonObject): ToolCallBlock | undefined {
  const id = textMember(block, 'id');
  const name = textMember(block, 'name');
  if (id === undefined || name === undefined) return undefined;
  return { type: 'tool-call', id, name, argumentsJson: argumentsOf(block['input']), ...restOf(block, TOOL_USE) };
}

/** Some vendors send the arguments as text, as OpenAI does. */
function argumentsOf(input: JsonValue | undefined): string {
  if (input === undefined || input === null) return '{}';
  return typeof input === 'string' ? input : JSON.stringify(input);
}

function isCitationList(value: JsonValue | undefined): value is readonly JsonObject[] {
  return Array.isArray(value) && value.every(isJsonObject);
}
