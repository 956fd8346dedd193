import type { ContentBlock, JsonObject, JsonValue, Message, ReasoningBlock, ToolCallBlock } from '@sluice/core';
import { restoreMembers } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';
import { extraContent, withoutProof } from '../thought-signature.js';
import { unwrapCustomInput } from '../tool-arguments.js';
import { contentOf, encodePart, messageRest, type RequestScope } from './encode-content.js';
import { encodeHistoryReasoning } from './encode-history-reasoning.js';
import { toolId } from './tool-id.js';

interface AssistantPlace {
  readonly path: string;
  /** Whether no prompt of the user follows. */
  readonly isInToolLoop: boolean;
  readonly scope: RequestScope;
}

/** An assistant's message; undefined when nothing of it is left: vendors refuse empty ones. */
export function encodeAssistant(
  message: Message,
  { path, isInToolLoop, scope }: AssistantPlace,
): JsonObject | undefined {
  const parts: JsonObject[] = [];
  const calls: JsonObject[] = [];
  const reasoning: ReasoningBlock[] = [];
  const refusals: string[] = [];
  for (const [index, block] of message.content.entries()) {
    if (block.type === 'tool-call') calls.push(encodeCall(block, scope));
    else if (block.type === 'reasoning') reasoning.push(block);
    else if (block.type === 'refusal') refusals.push(block.text);
    else {
      const part = encodeSaid(block, `${path}/content/${index}`, scope);
      if (part !== undefined) parts.push(part);
    }
  }
  const said: Record<string, JsonValue | undefined> = {
    ...encodeHistoryReasoning(reasoning, { path, isInToolLoop, hasCalls: calls.length > 0, scope }),
    ...(refusals.length > 0 && { refusal: refusals.join('') }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  const carried = messageRest(carriedBy(message));
  if (parts.length === 0 && Object.keys(said).length === 0 && carried === undefined) return undefined;
  const content = parts.length > 0 ? contentOf(parts) : scope.dialect.nullContent ? null : '';
  return restoreMembers({ role: 'assistant', content, ...said }, carried);
}

function encodeSaid(block: ContentBlock, path: string, scope: RequestScope): JsonObject | undefined {
  if (block.type === 'image' || block.type === 'document' || block.type === 'audio') {
    scope.warnings.dropped(path, `An assistant's message cannot hold ${block.type} content in Chat Completions.`);
    return undefined;
  }
  return encodePart(block, path, scope);
}

function encodeCall(block: ToolCallBlock, { warnings, dialect, names }: RequestScope): JsonObject {
  const id = toolId(block.id, dialect);
  const { name, argumentsJson, signature, cache } = block;
  const proof = dialect.takesGeminiProofs ? extraContent(signature) : undefined;
  const carried = dialect.takesGeminiProofs ? carriedBy(block) : withoutProof(carriedBy(block));
  if (signature !== undefined && proof === undefined) warnings.signature();
  if (cache !== undefined && carried?.['cache_control'] === undefined) warnings.cacheMarker();
  if (carried?.['type'] === 'custom') {
    return restoreMembers({ id, type: 'custom', custom: { name, input: unwrapCustomInput(argumentsJson) } }, carried);
  }
  return restoreMembers(
    { id, type: 'function', function: { name: names.toWire(name), arguments: argumentsJson || '{}' }, ...proof },
    carried,
  );
}
