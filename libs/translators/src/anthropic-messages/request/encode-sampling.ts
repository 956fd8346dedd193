import type { JsonObject, Sampling } from '@sluice/core';
import type { ModelTraits } from './model-traits.js';
import type { RequestScope } from './request-scope.js';

const MAX_TEMPERATURE = 1;
/** Below this Anthropic refuses top_p together with thinking. */
const MIN_THINKING_TOP_P = 0.95;
/** For models whose limit we do not know; every model of today takes it. */
const DEFAULT_MAX_TOKENS = 8192;

/** Sampling members that Anthropic has no word for. */
const UNSAYABLE = ['seed', 'presencePenalty', 'frequencyPenalty', 'logprobs'] as const;

/** `max_tokens`, which Anthropic requires: the client's, at most the model's limit; without one that limit. */
export function encodeMaxTokens({ maxOutputTokens }: Sampling, traits: ModelTraits, scope: RequestScope): number {
  const limit = traits.maxOutputTokens;
  if (maxOutputTokens === undefined) return limit ?? DEFAULT_MAX_TOKENS;
  if (limit === undefined || maxOutputTokens <= limit) return maxOutputTokens;
  scope.changed('/sampling/maxOutputTokens', `This model gives at most ${limit} tokens.`);
  return limit;
}

/** Temperature, top_p, top_k and stop sequences, as far as this model and its thinking allow them. */
export function encodeSampling(
  sampling: Sampling,
  { traits, isThinking }: { readonly traits: ModelTraits; readonly isThinking: boolean },
  scope: RequestScope,
): JsonObject {
  reportUnsayable(sampling, scope);
  const stop = encodeStop(sampling, scope);
  if (traits.sampling === 'none') {
    for (const name of ['temperature', 'topP', 'topK'] as const) {
      if (sampling[name] !== undefined) scope.dropped(`/sampling/${name}`, 'This model takes no sampling options.');
    }
    return stop;
  }
  return isThinking
    ? { ...thinkingSampling(sampling, scope), ...stop }
    : { ...freeSampling(sampling, traits, scope), ...stop };
}

function freeSampling({ temperature, topP, topK }: Sampling, traits: ModelTraits, scope: RequestScope): JsonObject {
  const isOver = temperature !== undefined && temperature > MAX_TEMPERATURE;
  if (isOver) scope.changed('/sampling/temperature', `The temperature is ${MAX_TEMPERATURE}, Anthropic's highest.`);
  const hidesTopP = temperature !== undefined && topP !== undefined && traits.sampling === 'one';
  if (hidesTopP) scope.dropped('/sampling/topP', 'This model takes either temperature or top_p.');
  return {
    ...(temperature === undefined ? {} : { temperature: isOver ? MAX_TEMPERATURE : temperature }),
    ...(topP === undefined || hidesTopP ? {} : { top_p: topP }),
    ...(topK === undefined ? {} : { top_k: topK }),
  };
}

function thinkingSampling({ temperature, topP, topK }: Sampling, scope: RequestScope): JsonObject {
  const hidesTemperature = temperature !== undefined && temperature !== MAX_TEMPERATURE;
  const hidesTopP = topP !== undefined && (topP < MIN_THINKING_TOP_P || temperature === MAX_TEMPERATURE);
  if (hidesTemperature)
    scope.dropped('/sampling/temperature', 'A model that thinks takes no other temperature than 1.');
  if (hidesTopP) scope.dropped('/sampling/topP', `A model that thinks takes top_p from ${MIN_THINKING_TOP_P} on.`);
  if (topK !== undefined) scope.dropped('/sampling/topK', 'A model that thinks takes no top_k.');
  return {
    ...(temperature === undefined || hidesTemperature ? {} : { temperature }),
    ...(topP === undefined || hidesTopP ? {} : { top_p: topP }),
  };
}

function encodeStop({ stop }: Sampling, scope: RequestScope): JsonObject {
  if (stop === undefined) return {};
  const sequences = stop.filter((sequence) => sequence.trim() !== '');
  if (sequences.length < stop.length)
    scope.dropped('/sampling/stop', 'Anthropic takes no stop sequence of white space.');
  return sequences.length === 0 ? {} : { stop_sequences: sequences };
}

function reportUnsayable(sampling: Sampling, scope: RequestScope): void {
  for (const name of UNSAYABLE) {
    if (sampling[name] !== undefined) scope.dropped(`/sampling/${name}`, `Anthropic has no ${name}.`);
  }
  if ((sampling.candidates ?? 1) > 1) scope.dropped('/sampling/candidates', 'Anthropic gives one answer.');
}
