import type { ContentBlock, JsonObject, ReasoningBlock, TextBlock, ToolCallBlock, ToolResultBlock } from '@sluice/core';
import { parseJsonObject } from '@sluice/translator-kit';
import { encodeMedia } from './encode-media.js';
import type { RequestScope } from './request-scope.js';

/** Where a block stands. */
export interface BlockPlace {
  readonly role: 'system' | 'user' | 'assistant' | 'tool-result';
  /** JSON pointer into the canonical request. */
  readonly path: string;
  /** Whether empty text stays: beside signed reasoning a turn is only valid as the model gave it. */
  readonly keepsBlanks?: boolean;
}

type PlainBlock = Exclude<ContentBlock, ToolCallBlock | ToolResultBlock>;

/** Blank text is refused, and by some models a result without content. */
const EMPTY_RESULT: JsonObject = { text: '(empty result)' };

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** A content block of a request; undefined, and reported, where nothing is left of it. */
export function encodeBlock(block: PlainBlock, place: BlockPlace, scope: RequestScope): JsonObject | undefined {
  switch (block.type) {
    case 'text':
    case 'refusal':
      return encodeText(block, place, scope);
    case 'reasoning':
      return encodeReasoning(block, place, scope);
    case 'image':
    case 'document':
    case 'audio':
      if (place.role === 'user' || place.role === 'tool-result') return encodeMedia(block, place.path, scope);
      scope.dropped(place.path, `Bedrock takes no ${block.type} in a message of role ${place.role}.`);
      return undefined;
    case 'server-tool':
      return ownBlock(
        block.raw.format,
        block.raw.value,
        `a tool that another vendor ran (${block.tool})`,
        place,
        scope,
      );
    case 'opaque':
      return ownBlock(block.format, block.value, `a block that only ${block.format} knows`, place, scope);
    default:
      return unknownBlock(block);
  }
}

/** A call. Bedrock wants an object; whatever else the model wrote becomes its member `value`. */
export function encodeToolUse(block: ToolCallBlock, toolUseId: string, path: string, scope: RequestScope): JsonObject {
  return { toolUse: { toolUseId, name: scope.names.toWire(block.name), input: inputOf(block, path, scope) } };
}

export function encodeToolResult(
  block: ToolResultBlock,
  toolUseId: string,
  place: BlockPlace,
  scope: RequestScope,
): JsonObject {
  const content = encodeResultParts(block, place, scope);
  const status = statusOf(block, place, scope);
  return { toolResult: { toolUseId, content: content.length === 0 ? [EMPTY_RESULT] : content, ...status } };
}

/** What a result says, as blocks. */
export function encodeResultParts(
  block: ToolResultBlock,
  place: BlockPlace,
  scope: RequestScope,
): readonly JsonObject[] {
  const parts: JsonObject[] = [];
  for (const [index, part] of block.content.entries()) {
    const path = `${place.path}/content/${index}`;
    if (part.type === 'tool-call' || part.type === 'tool-result') {
      scope.dropped(path, `A ${part.type} cannot stand inside a tool result.`);
      continue;
    }
    if (isBlank(part)) continue; // an empty result says so itself
    const encoded = encodeBlock(part, { role: 'tool-result', path }, scope);
    if (encoded !== undefined) parts.push(encoded);
  }
  return parts;
}

function encodeText(
  block: Extract<PlainBlock, { type: 'text' | 'refusal' }>,
  { path, keepsBlanks = false }: BlockPlace,
  scope: RequestScope,
): JsonObject | undefined {
  if (isBlank(block) && !keepsBlanks) {
    scope.dropped(path, 'Bedrock refuses text of white space only; it was left out.');
    return undefined;
  }
  if (block.type === 'text') reportTextMembers(block, path, scope);
  return { text: block.text };
}

function reportTextMembers({ citations, signature }: TextBlock, path: string, scope: RequestScope): void {
  if (citations !== undefined && citations.length > 0)
    scope.dropped(`${path}/citations`, 'Citations of an earlier answer are not sent, only the text that has them.');
  if (signature !== undefined) scope.dropped(`${path}/signature`, 'Bedrock takes signatures of reasoning only.');
}

/** Only what the model's own vendor signed or sealed may be shown to it again, and only in the model's own turn. */
function encodeReasoning(
  block: ReasoningBlock,
  { role, path }: BlockPlace,
  scope: RequestScope,
): JsonObject | undefined {
  if (role !== 'assistant') {
    scope.dropped(path, 'Reasoning can only stand in a turn of the assistant.');
    return undefined;
  }
  if (!isReplayable(block, scope)) {
    scope.dropped(path, 'Reasoning without a signature of this model’s vendor would be refused.');
    return undefined;
  }
  const { redacted, text, signature } = block;
  if (redacted !== undefined) return { reasoningContent: { redactedContent: redacted } };
  return { reasoningContent: { reasoningText: { text, signature: signature?.value } } };
}

/** Whether a model may be shown this reasoning again. */
export function isReplayable({ redacted, signature }: ReasoningBlock, { traits, model }: RequestScope): boolean {
  const isClaude = traits.vendor === 'anthropic' || traits.vendor === 'unknown';
  const isOwn = signature === undefined || signature.family === 'anthropic' ? isClaude : signature.model === model;
  return isOwn && (redacted === undefined ? signature !== undefined : BASE64.test(redacted));
}

function inputOf({ argumentsJson }: ToolCallBlock, path: string, scope: RequestScope): JsonObject {
  if (argumentsJson.trim() === '') return {};
  const input = parseJsonObject(argumentsJson);
  if (input !== undefined) return input;
  scope.changed(path, 'The arguments of this call are no JSON object; they are sent as its member "value".');
  return { value: argumentsJson };
}

function statusOf({ isError }: ToolResultBlock, { path }: BlockPlace, scope: RequestScope): JsonObject {
  if (isError === undefined) return {};
  if (scope.traits.hasResultStatus) return { status: isError ? 'error' : 'success' };
  if (isError) scope.dropped(path, 'This model cannot be told that a tool failed.');
  return {};
}

function ownBlock(
  format: string,
  value: JsonObject,
  what: string,
  { path }: BlockPlace,
  scope: RequestScope,
): JsonObject | undefined {
  if (format === 'bedrock-converse') return value;
  scope.dropped(path, `Bedrock cannot be shown ${what}.`);
  return undefined;
}

function isBlank(block: ContentBlock): boolean {
  return (block.type === 'text' || block.type === 'refusal') && block.text.trim() === '';
}

function unknownBlock(block: never): never {
  throw new TypeError(`unknown block ${JSON.stringify(block)}`);
}
