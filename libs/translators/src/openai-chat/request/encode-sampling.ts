import type { CanonicalRequest, JsonObject } from '@sluice/core';
import { carriedBy } from '../carried.js';
import type { RequestScope } from './encode-content.js';

/** OpenAI's limit. */
const MAX_STOP_SEQUENCES = 4;

/** How the answer is drawn, and how long it may be. */
export function encodeSampling(request: CanonicalRequest, scope: RequestScope): JsonObject {
  const { maxOutputTokens, seed, stop, candidates, topK } = request.sampling;
  const { dialect, warnings } = scope;
  if (candidates !== undefined && candidates > 1) {
    warnings.dropped('/sampling/candidates', 'Several answers to one request cannot be translated: one was asked for.');
  }
  const mayTopK = dialect.topK || carriedBy(request)?.['top_k'] !== undefined;
  if (topK !== undefined && !mayTopK) warnings.dropped('/sampling/topK', 'Chat Completions has no top_k.');
  return {
    ...(maxOutputTokens !== undefined && { [dialect.maxTokensField]: maxOutputTokens }),
    ...encodeDrawing(request, scope),
    ...(topK !== undefined && mayTopK && { top_k: topK }),
    ...(seed !== undefined && { seed }),
    ...(stop !== undefined && stop.length > 0 && { stop: firstStops(stop, scope) }),
  };
}

/** Options that say how a token is drawn. */
const DRAWING = ['temperature', 'topP', 'presencePenalty', 'frequencyPenalty', 'logprobs'] as const;

/** What reasoning models refuse, unless they are told not to reason. */
function encodeDrawing({ sampling, reasoning }: CanonicalRequest, { dialect, warnings }: RequestScope): JsonObject {
  const { temperature, topP, presencePenalty, frequencyPenalty, logprobs } = sampling;
  const drawing: JsonObject = {
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(presencePenalty !== undefined && { presence_penalty: presencePenalty }),
    ...(frequencyPenalty !== undefined && { frequency_penalty: frequencyPenalty }),
    ...(logprobs !== undefined && { logprobs: true, ...(logprobs > 0 && { top_logprobs: logprobs }) }),
  };
  const doesNotReason = reasoning?.mode === 'off' && dialect.reasoningEfforts.includes('none');
  if (dialect.takesSampling || doesNotReason) return drawing;
  for (const name of DRAWING) {
    if (sampling[name] !== undefined) warnings.dropped(`/sampling/${name}`, `Reasoning models take no ${name}.`);
  }
  return {};
}

function firstStops(stop: readonly string[], { warnings }: RequestScope): readonly string[] {
  if (stop.length <= MAX_STOP_SEQUENCES) return stop;
  warnings.approximated(
    '/sampling/stop',
    `Only the first ${MAX_STOP_SEQUENCES} of ${stop.length} stop sequences were sent.`,
  );
  return stop.slice(0, MAX_STOP_SEQUENCES);
}
