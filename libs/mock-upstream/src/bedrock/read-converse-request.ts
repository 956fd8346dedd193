import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';
import { contentText } from '../content-text.js';
import { countWords } from '../count-words.js';
import type { MockRequest } from '../mock-request.js';
import { RequestRefusal, type InferenceRequest } from '../vendor-dialect.js';

const CONVERSE_PATH = /^\/model\/([^/]+)\/(converse|converse-stream)$/;

/** Whether a path is one of the two operations. */
export function isConversePath(path: string): boolean {
  return CONVERSE_PATH.test(path);
}

/** Reads a Converse request as far as the mock cares; model and kind of answer stand in the path. @throws RequestRefusal */
export function readConverseRequest(body: JsonObject, { path }: MockRequest): InferenceRequest {
  const [, segment = '', operation] = CONVERSE_PATH.exec(path) ?? [];
  const turns = list(body['messages']);
  if (turns.length === 0) throw new RequestRefusal('A conversation must start with a user message.');
  if (turns.some((turn, index) => turn['role'] !== (index % 2 === 0 ? 'user' : 'assistant')))
    throw new RequestRefusal('A conversation must alternate between user and assistant roles.');
  const content = list(turns.at(-1)?.['content']);
  const results = content.flatMap(({ toolResult }) => (isJsonObject(toolResult) ? [toolResult] : []));
  const maxWords = member(body, 'inferenceConfig')?.['maxTokens'];
  return {
    model: decodeURIComponent(segment),
    stream: operation === 'converse-stream',
    wantsUsage: true,
    prompt: contentText(content),
    ...(results.length === 0 ? {} : { toolResult: results.map((result) => contentText(result['content'])).join('\n') }),
    toolNames: list(member(body, 'toolConfig')?.['tools']).map((tool) => String(member(tool, 'toolSpec')?.['name'])),
    words: turns.reduce((sum, turn) => sum + countWords(contentText(turn['content'])), 0),
    ...(typeof maxWords === 'number' ? { maxWords } : {}),
  };
}

function member(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = object?.[name];
  return isJsonObject(value) ? value : undefined;
}

function list(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
