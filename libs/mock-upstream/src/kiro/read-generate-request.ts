import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';
import { contentText } from '../content-text.js';
import { countWords } from '../count-words.js';
import { RequestRefusal, type InferenceRequest } from '../vendor-dialect.js';

const IMPROPER = 'Improperly formed request.';

/** Reads a `GenerateAssistantResponse` request as far as the mock cares. @throws RequestRefusal */
export function readGenerateRequest(body: JsonObject): InferenceRequest {
  const state = member(body, 'conversationState');
  const current = member(member(state, 'currentMessage'), 'userInputMessage');
  const { content, modelId } = current ?? {};
  if (typeof content !== 'string' || typeof modelId !== 'string') throw new RequestRefusal(IMPROPER);
  const context = member(current, 'userInputMessageContext');
  const results = list(context?.['toolResults']);
  const history = list(state?.['history']).map(textOfEntry);
  return {
    model: modelId,
    stream: true, // whole answers do not exist
    wantsUsage: true,
    prompt: content,
    ...(results.length === 0 ? {} : { toolResult: results.map((result) => contentText(result['content'])).join('\n') }),
    toolNames: list(context?.['tools']).map((tool) => String(member(tool, 'toolSpecification')?.['name'])),
    words: [content, ...history].reduce((sum, text) => sum + countWords(text), 0),
  };
}

function textOfEntry(entry: JsonObject): string {
  const message = member(entry, 'userInputMessage') ?? member(entry, 'assistantResponseMessage');
  return contentText(message?.['content']);
}

function member(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = object?.[name];
  return isJsonObject(value) ? value : undefined;
}

function list(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
