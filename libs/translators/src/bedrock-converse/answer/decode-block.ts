import type { ContentBlock, JsonObject } from '@sluice/core';
import { objectMember, objectsMember, textMember } from '@sluice/translator-kit';
import type { AnswerContext } from './answer-context.js';
import { withCitedAddress } from './cited-address.js';

const SERVER_TOOL = 'server_tool_use';

/** A content block of a whole answer. What the canonical model has no word for travels opaque. */
export function decodeBlock(block: JsonObject, answer: AnswerContext): ContentBlock {
  const { text } = block;
  if (typeof text === 'string') return { type: 'text', text };
  const toolUse = objectMember(block, 'toolUse');
  if (toolUse !== undefined) return decodeToolUse(toolUse, block, answer);
  const reasoning = objectMember(block, 'reasoningContent');
  const cited = objectMember(block, 'citationsContent');
  const image = objectMember(block, 'image');
  return (
    (reasoning && decodeReasoning(reasoning, answer)) ??
    (cited && decodeCited(cited)) ??
    (image && decodeImage(image)) ?? { type: 'opaque', format: 'bedrock-converse', value: block }
  );
}

/** Whether a call is of a tool that the vendor runs. @param toolUse a `toolUse`, also the start of one */
export function isServerTool(toolUse: JsonObject): boolean {
  return toolUse['type'] === SERVER_TOOL;
}

function decodeToolUse(toolUse: JsonObject, block: JsonObject, answer: AnswerContext): ContentBlock {
  const id = textMember(toolUse, 'toolUseId');
  const name = textMember(toolUse, 'name') ?? '';
  const { input } = toolUse;
  if (!isServerTool(toolUse)) {
    const argumentsJson = input === undefined ? '' : JSON.stringify(input);
    return { type: 'tool-call', id: answer.callId(id), name: answer.toolName(name), argumentsJson };
  }
  const raw = { format: 'bedrock-converse', value: block } as const;
  return { type: 'server-tool', id: id ?? '', tool: name, ...(input === undefined ? {} : { input }), raw };
}

function decodeReasoning(reasoning: JsonObject, answer: AnswerContext): ContentBlock | undefined {
  const redacted = textMember(reasoning, 'redactedContent');
  if (redacted !== undefined) return { type: 'reasoning', text: '', redacted };
  const shown = objectMember(reasoning, 'reasoningText');
  if (shown === undefined) return undefined;
  const signature = textMember(shown, 'signature');
  return {
    type: 'reasoning',
    text: textMember(shown, 'text') ?? '',
    ...(signature === undefined ? {} : { signature: answer.signature(signature) }),
  };
}

function decodeCited(cited: JsonObject): ContentBlock {
  const text = objectsMember(cited, 'content')
    .map((part) => textMember(part, 'text') ?? '')
    .join('');
  return { type: 'text', text, citations: objectsMember(cited, 'citations').map(withCitedAddress) };
}

function decodeImage(image: JsonObject): ContentBlock | undefined {
  const value = textMember(objectMember(image, 'source'), 'bytes');
  if (value === undefined) return undefined;
  return { type: 'image', ...imageType(textMember(image, 'format')), source: { kind: 'base64', value } };
}

/** The media type of an image's format. */
export function imageType(format: string | undefined): { readonly mediaType?: string } {
  return format === undefined ? {} : { mediaType: `image/${format}` };
}
