import { isJsonObject, type JsonObject } from '@sluice/core';
import { contentText } from '../content-text.js';
import { countWords } from '../count-words.js';
import { RequestRefusal, type InferenceRequest } from '../vendor-dialect.js';

/** Reads a chat completion request as far as the mock cares. @throws RequestRefusal */
export function readChatRequest(body: JsonObject): InferenceRequest {
  const { model, messages, stream, stream_options: options, tools } = body;
  if (typeof model !== 'string' || model === '') throw new RequestRefusal('you must provide a model parameter');
  if (!Array.isArray(messages)) throw new RequestRefusal("Missing required parameter: 'messages'.");
  const turns = messages.filter(isJsonObject);
  if (turns.length === 0) throw new RequestRefusal("Invalid 'messages': at least one message is needed.");
  const last = turns.at(-1);
  const maxWords = body['max_completion_tokens'] ?? body['max_tokens'];
  return {
    model,
    stream: stream === true,
    wantsUsage: isJsonObject(options) && options['include_usage'] === true,
    prompt: contentText(turns.findLast((turn) => turn['role'] === 'user')?.['content']),
    ...(last?.['role'] === 'tool' ? { toolResult: contentText(last['content']) } : {}),
    toolNames: Array.isArray(tools) ? tools.filter(isJsonObject).map(toolName) : [],
    words: turns.reduce((sum, turn) => sum + countWords(contentText(turn['content'])), 0),
    ...(typeof maxWords === 'number' ? { maxWords } : {}),
  };
}

function toolName(tool: JsonObject): string {
  const declaration = tool['function'];
  return isJsonObject(declaration) && typeof declaration['name'] === 'string' ? declaration['name'] : '';
}
