import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';
import { contentText } from '../content-text.js';
import { countWords } from '../count-words.js';
import type { MockRequest } from '../mock-request.js';
import { RequestRefusal, type InferenceRequest } from '../vendor-dialect.js';
import { readModelPath } from './model-path.js';

/** Reads a request to generate as far as the mock cares: model and stream flag from its path. @throws RequestRefusal */
export function readGenerateRequest(body: JsonObject, request: MockRequest): InferenceRequest {
  const { contents, systemInstruction, generationConfig, tools } = body;
  const turns = Array.isArray(contents) ? contents.filter(isJsonObject) : [];
  if (turns.length === 0) throw new RequestRefusal('* GenerateContentRequest.contents: contents is not specified');
  const toolResult = resultText(turns.at(-1));
  const maxWords = isJsonObject(generationConfig) ? generationConfig['maxOutputTokens'] : undefined;
  return {
    model: readModelPath(request.path)?.model ?? '',
    stream: readModelPath(request.path)?.method === 'streamGenerateContent',
    wantsUsage: true,
    prompt: textOf(turns.findLast((turn) => turn['role'] !== 'model' && textOf(turn) !== '')),
    ...(toolResult === undefined ? {} : { toolResult }),
    toolNames: Array.isArray(tools) ? tools.filter(isJsonObject).flatMap(functionNames) : [],
    words: turns.reduce((sum, turn) => sum + countWords(textOf(turn)), countWords(textOf(systemInstruction))),
    ...(typeof maxWords === 'number' ? { maxWords } : {}),
  };
}

function textOf(content: JsonValue | undefined): string {
  return isJsonObject(content) ? contentText(content['parts']) : '';
}

/** The responses in a turn, or `undefined` when it has none: a result alone is told in words, anything else as it is. */
function resultText(turn: JsonObject | undefined): string | undefined {
  const parts = turn?.['parts'];
  const responses = (Array.isArray(parts) ? parts : []).flatMap((part: JsonValue) => {
    const response = isJsonObject(part) ? part['functionResponse'] : undefined;
    return isJsonObject(response) ? [response['response']] : [];
  });
  if (responses.length === 0) return undefined;
  return responses.map(inWords).join('\n');
}

function inWords(response: JsonValue | undefined): string {
  const result = isJsonObject(response) ? response['result'] : undefined;
  return typeof result === 'string' ? result : JSON.stringify(response ?? {});
}

function functionNames({ functionDeclarations: functions }: JsonObject): readonly string[] {
  if (!Array.isArray(functions)) return [];
  return functions.filter(isJsonObject).map(({ name }: JsonObject) => (typeof name === 'string' ? name : ''));
}
