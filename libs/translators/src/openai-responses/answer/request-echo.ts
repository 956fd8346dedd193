import type { CanonicalRequest, JsonObject } from '@sluice/core';
import { objectMember, textOfBlocks, type HistoryFacts } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';
import { encodeText } from '../request/encode-text.js';
import { encodeTools } from '../request/encode-tools.js';
import { createScope } from '../request/request-scope.js';

/** Members of the request that a response repeats as they came. Absent = what the format has without them. */
const REPEATED = {
  background: false,
  max_tool_calls: null,
  metadata: {},
  previous_response_id: null,
  prompt_cache_key: null,
  safety_identifier: null,
  top_logprobs: 0,
  truncation: 'disabled',
  user: null,
} as const;

const DEFAULT_TIER = 'default';
const PLAIN_TEXT: JsonObject = { format: { type: 'text' } };

const NOTHING_ASKED: CanonicalRequest = { model: '', stream: false, messages: [], tools: [], sampling: {} };

/**
 * What a response says of its request: the official client's types want all of it.
 * @param history absent = nobody keeps what was translated
 * @see https://platform.openai.com/docs/api-reference/responses/object
 */
export function echoOf(request: CanonicalRequest = NOTHING_ASKED, history?: HistoryFacts): JsonObject {
  const carried = carriedBy(request) ?? {};
  const { tools = [], tool_choice: choice = 'auto' } = encodeTools(request, createScope(request));
  const { maxOutputTokens, temperature, topP } = request.sampling;
  const reasoning = objectMember(carried, 'reasoning');
  return {
    instructions: instructionsOf(request),
    max_output_tokens: maxOutputTokens ?? null,
    ...Object.fromEntries(Object.entries(REPEATED).map(([name, value]) => [name, carried[name] ?? value])),
    ...(history?.previousId !== undefined && { previous_response_id: history.previousId }),
    parallel_tool_calls: request.toolChoice?.parallel ?? true,
    reasoning: { effort: null, summary: null, ...reasoning },
    service_tier: DEFAULT_TIER,
    store: history?.isKept ?? false,
    temperature: temperature ?? 1,
    text: { ...PLAIN_TEXT, ...objectMember(encodeText(request), 'text') },
    tool_choice: choice,
    tools,
    top_p: topP ?? 1,
  };
}

function instructionsOf({ messages }: CanonicalRequest): string | null {
  const [first] = messages;
  return first !== undefined && carriedBy(first)?.['instructions'] === true ? textOfBlocks(first.content) : null;
}
