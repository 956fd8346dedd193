import type { CanonicalRequest, JsonObject, Message, ReasoningOptions, Sampling } from '@sluice/core';
import {
  carryUnknown,
  countMember,
  describeJson,
  invalidRequest,
  objectMember,
  parseRequestBody,
  textMember,
  type WireCall,
} from '@sluice/translator-kit';
import { carry, partition } from './carried.js';
import { decodeInput } from './request/decode-input.js';
import { decodeText } from './request/decode-text.js';
import { choiceRest, decodeToolChoice } from './request/decode-tool-choice.js';
import { decodeTools } from './request/decode-tools.js';
import { refuseHeldState } from './request/refuse-held-state.js';

/** What the canonical request says completely. */
const KNOWN: ReadonlySet<string> = new Set([
  'model',
  'stream',
  'input',
  'instructions',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'max_output_tokens',
  'temperature',
  'top_p',
  'reasoning',
  'text',
]);

/**
 * What it says in other words, or what is the client side's affair. `store` and `background` would speak of a state that no
 * other vendor keeps.
 */
const SAID: ReadonlySet<string> = new Set([
  'user',
  'safety_identifier',
  'service_tier',
  'top_logprobs',
  'include',
  'store',
  'background',
  'stream_options',
]);
const REASONING_SAID: ReadonlySet<string> = new Set(['effort', 'summary', 'generate_summary']);
const LOGPROBS = 'message.output_text.logprobs';

/**
 * A Responses request in canonical words.
 * @throws GatewayError `invalid_request` naming the member that is wrong, or that only a vendor with state could answer
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export function decodeRequest(call: WireCall): CanonicalRequest {
  const body = parseRequestBody(call.body);
  refuseHeldState(body);
  const { tools, own: ownTools } = decodeTools(body);
  const toolChoice = decodeToolChoice(body);
  const choice = choiceRest(body);
  const text = decodeText(objectMember(body, 'text'));
  const reasoning = decodeReasoning(objectMember(body, 'reasoning'));
  const reasoningRest = partition(objectMember(body, 'reasoning'), REASONING_SAID);
  const endUser = textMember(body, 'safety_identifier') ?? textMember(body, 'user');
  const serviceTier = textMember(body, 'service_tier');
  const { named, others } = partition(carryUnknown(body, KNOWN), SAID);
  return {
    model: textMember(body, 'model') ?? '',
    stream: body['stream'] === true,
    messages: [...decodeInstructions(body), ...decodeInput(body['input'])],
    tools,
    ...(toolChoice !== undefined && { toolChoice }),
    sampling: decodeSampling(body),
    ...(reasoning !== undefined && { reasoning }),
    ...(text.responseFormat !== undefined && { responseFormat: text.responseFormat }),
    ...(endUser !== undefined && { endUser }),
    ...(serviceTier !== undefined && { serviceTier }),
    ...carry(
      {
        ...others,
        ...choice.unsaid,
        ...(text.unsaid && { text: text.unsaid }),
        ...(reasoningRest.others && { reasoning: reasoningRest.others }),
      },
      {
        own: true, // always there: it shows the encoder that the request came in this format
        ...named,
        ...choice.said,
        ...ownTools,
        ...(reasoningRest.named && { reasoning: reasoningRest.named }),
      },
    ),
  };
}

/** `instructions` stand before the input; they differ from a system message in it only by what this format calls them. */
function decodeInstructions({ instructions: text }: JsonObject): readonly Message[] {
  if (text === undefined || text === null || text === '') return [];
  if (typeof text !== 'string') {
    throw invalidRequest(`"instructions" must be a string, but it is ${describeJson(text)}.`, 'instructions');
  }
  return [{ role: 'system', content: [{ type: 'text', text }], ...carry(undefined, { instructions: true }) }];
}

function decodeSampling(body: JsonObject): Sampling {
  const { temperature, top_p: topP, include } = body;
  const maxOutputTokens = countMember(body, 'max_output_tokens');
  const top = countMember(body, 'top_logprobs');
  const wantsLogprobs = Array.isArray(include) && include.includes(LOGPROBS);
  const logprobs = wantsLogprobs ? (top ?? 0) : top === 0 ? undefined : top;
  return {
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(typeof temperature === 'number' && { temperature }),
    ...(typeof topP === 'number' && { topP }),
    ...(logprobs !== undefined && { logprobs }),
  };
}

/** Without an effort the model's default holds, which is to reason. */
function decodeReasoning(reasoning: JsonObject | undefined): ReasoningOptions | undefined {
  if (reasoning === undefined) return undefined;
  const effort = textMember(reasoning, 'effort');
  const summary = textMember(reasoning, 'summary') ?? textMember(reasoning, 'generate_summary');
  if (effort === undefined && summary === undefined) return undefined;
  return {
    mode: effort === 'none' ? 'off' : effort === undefined ? 'adaptive' : 'on',
    ...(effort !== undefined && { effort }),
    ...(summary !== undefined && { show: 'summary' as const }),
  };
}
