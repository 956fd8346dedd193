import { isJsonObject, type JsonObject, type JsonValue } from '@sluice/core';
import { contentText } from '../content-text.js';
import { countWords } from '../count-words.js';
import { RequestRefusal, type InferenceRequest } from '../vendor-dialect.js';

/** Reads a Messages request as far as the mock cares. @throws RequestRefusal */
export function readMessagesRequest(body: JsonObject): InferenceRequest {
  const { model, messages, max_tokens: maxWords, stream, system, tools } = body;
  if (typeof model !== 'string' || model === '') throw new RequestRefusal('model: Field required');
  if (typeof maxWords !== 'number') throw new RequestRefusal('max_tokens: Field required');
  if (!Array.isArray(messages)) throw new RequestRefusal('messages: Field required');
  const turns = messages.filter(isJsonObject);
  if (turns.length === 0) throw new RequestRefusal('messages: at least one message is required');
  const toolResult = toolResultText(turns.at(-1)?.['content']);
  return {
    model,
    stream: stream === true,
    wantsUsage: true,
    prompt: contentText(turns.findLast((turn) => turn['role'] === 'user')?.['content']),
    ...(toolResult === undefined ? {} : { toolResult }),
    toolNames: Array.isArray(tools)
      ? tools.filter(isJsonObject).map((tool) => (typeof tool['name'] === 'string' ? tool['name'] : ''))
      : [],
    words: turns.reduce((sum, turn) => sum + countWords(contentText(turn['content'])), countWords(contentText(system))),
    maxWords,
  };
}

/** The text of the results in a turn, or `undefined` when it has none. */
function toolResultText(content: JsonValue | undefined): string | undefined {
  if (!Array.isArray(content)) return undefined;
  const results = content.filter(isJsonObject).filter((block) => block['type'] === 'tool_result');
  return results.length === 0 ? undefined : results.map((block) => contentText(block['content'])).join('\n');
}
