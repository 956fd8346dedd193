import { isJsonObject, type JsonObject } from '@sluice/core';
import { contentText } from '../content-text.js';
import { countWords } from '../count-words.js';
import { RequestRefusal, type InferenceRequest } from '../vendor-dialect.js';

/** What tools gave, by the types of their items. */
const TOOL_RESULTS: ReadonlySet<unknown> = new Set(['function_call_output', 'custom_tool_call_output']);

/** Reads a Responses request as far as the mock cares. @throws RequestRefusal */
export function readResponsesRequest(body: JsonObject): InferenceRequest {
  const { model, input, instructions, stream, tools, max_output_tokens: maxWords } = body;
  if (typeof model !== 'string' || model === '') throw new RequestRefusal('you must provide a model parameter');
  const items = itemsOf(input);
  const last = items.at(-1);
  return {
    model,
    stream: stream === true,
    wantsUsage: true,
    prompt: contentText(items.findLast((item) => item['role'] === 'user')?.['content']),
    ...(TOOL_RESULTS.has(last?.['type']) ? { toolResult: contentText(last?.['output']) } : {}),
    toolNames: Array.isArray(tools) ? tools.filter(isJsonObject).map(toolName) : [],
    words: items.reduce((sum, item) => sum + countWords(textOf(item)), countWords(contentText(instructions))),
    ...(typeof maxWords === 'number' ? { maxWords } : {}),
  };
}

function itemsOf(input: unknown): readonly JsonObject[] {
  if (typeof input === 'string') return [{ role: 'user', content: input }];
  if (!Array.isArray(input)) throw new RequestRefusal("Missing required parameter: 'input'.");
  return input.filter(isJsonObject);
}

function textOf({ content, output }: JsonObject): string {
  return contentText(content ?? output);
}

function toolName({ name }: JsonObject): string {
  return typeof name === 'string' ? name : '';
}
