import type { CanonicalRequest, JsonObject } from '@sluice/core';
import { carriedBy } from '../carried.js';
import type { ModelTraits } from './model-family.js';
import type { RequestScope } from './request-scope.js';

/** OpenAI refuses less. */
const MIN_OUTPUT_TOKENS = 16;

/** How the answer is drawn, and how long it may be. What the format has no member for is reported. */
export function encodeSampling(request: CanonicalRequest, traits: ModelTraits, scope: RequestScope): JsonObject {
  reportUnsayable(request, scope);
  const { maxOutputTokens, logprobs } = request.sampling;
  const own = carriedBy(request)?.['top_logprobs'];
  const topLogprobs = own ?? (scope.isOwn || logprobs === undefined ? undefined : logprobs);
  return {
    ...(maxOutputTokens !== undefined && { max_output_tokens: atLeast(maxOutputTokens, scope) }),
    ...encodeDrawing(request, traits, scope),
    ...(topLogprobs !== undefined && { top_logprobs: topLogprobs }),
  };
}

function atLeast(tokens: number, { warnings }: RequestScope): number {
  if (tokens >= MIN_OUTPUT_TOKENS) return tokens;
  warnings.approximated('/sampling/maxOutputTokens', `OpenAI takes no limit below ${MIN_OUTPUT_TOKENS} tokens.`);
  return MIN_OUTPUT_TOKENS;
}

/** Reasoning models refuse these, unless they are told not to reason. A client of this format is taken at its word. */
function encodeDrawing(
  { sampling, reasoning }: CanonicalRequest,
  { isReasoning, efforts }: ModelTraits,
  { warnings, isOwn }: RequestScope,
): JsonObject {
  const { temperature, topP } = sampling;
  const drawing: JsonObject = {
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
  };
  const doesNotReason = reasoning?.mode === 'off' && efforts?.includes('none') === true;
  if (isOwn || !isReasoning || doesNotReason) return drawing;
  for (const name of Object.keys(drawing)) {
    warnings.dropped(`/sampling/${name === 'top_p' ? 'topP' : name}`, `Reasoning models take no ${name}.`);
  }
  return {};
}

function reportUnsayable({ sampling }: CanonicalRequest, { warnings }: RequestScope): void {
  const { stop, seed, topK, presencePenalty, frequencyPenalty, candidates } = sampling;
  const unsayable = { seed, topK, presencePenalty, frequencyPenalty };
  if (stop !== undefined && stop.length > 0) {
    warnings.dropped('/sampling/stop', 'The Responses API has no stop sequences: the answer may go on beyond them.');
  }
  for (const [name, value] of Object.entries(unsayable)) {
    if (value !== undefined) warnings.dropped(`/sampling/${name}`, `The Responses API has no ${name}.`);
  }
  if (candidates !== undefined && candidates > 1) {
    warnings.dropped('/sampling/candidates', 'The Responses API gives one answer to one request.');
  }
}
