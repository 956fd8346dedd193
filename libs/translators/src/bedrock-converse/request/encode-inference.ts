import type { JsonObject, Sampling } from '@sluice/core';
import type { InferenceConfig } from '../wire-types.js';
import type { RequestScope } from './request-scope.js';

const MAX_TEMPERATURE = 1;
/** Below this Anthropic refuses top_p together with thinking. */
const MIN_THINKING_TOP_P = 0.95;

/** Sampling members that Converse has no word for. */
const UNSAYABLE = ['seed', 'presencePenalty', 'frequencyPenalty', 'logprobs'] as const;

/** How a model's reasoning limits its sampling. */
export type SamplingLimit = 'none' | 'claude-thinks' | 'nova-thinks-hard';

export interface EncodedInference {
  readonly config: InferenceConfig;
  /** In the words of the model's own vendor. */
  readonly fields: JsonObject;
}

/** `inferenceConfig` and `top_k`, which only the models' own vendors have. */
export function encodeInference(
  sampling: Sampling,
  { limit, maxTokens }: { readonly limit: SamplingLimit; readonly maxTokens: number | undefined },
  scope: RequestScope,
): EncodedInference {
  reportUnsayable(sampling, scope);
  const stopSequences = encodeStop(sampling, scope);
  if (limit === 'nova-thinks-hard') {
    for (const name of ['maxOutputTokens', 'temperature', 'topP', 'topK'] as const)
      if (sampling[name] !== undefined) scope.dropped(`/sampling/${name}`, 'Not taken by a model that thinks hard.');
    return { config: stopSequences, fields: {} };
  }
  const room = maxTokens === undefined ? {} : { maxTokens };
  const allowed = allowedSampling(sampling, limit, scope);
  const { temperature, topP } = allowed;
  return {
    config: {
      ...room,
      ...(temperature === undefined ? {} : { temperature: clamped(temperature, scope) }),
      ...(topP === undefined ? {} : { topP }),
      ...stopSequences,
    },
    fields: topKField(allowed.topK, scope),
  };
}

type Chosen = Pick<Sampling, 'temperature' | 'topP' | 'topK'>;

function allowedSampling({ temperature, topP, topK }: Sampling, limit: SamplingLimit, scope: RequestScope): Chosen {
  const reasons: { readonly [Name in keyof Chosen]: string | undefined } =
    scope.traits.sampling === 'none'
      ? { temperature: NO_SAMPLING, topP: NO_SAMPLING, topK: NO_SAMPLING }
      : limit === 'claude-thinks'
        ? {
            temperature: temperature === MAX_TEMPERATURE ? undefined : 'A model that thinks takes no other than 1.',
            topP: isThinkingTopP(topP, temperature)
              ? undefined
              : `A model that thinks takes ${MIN_THINKING_TOP_P} to 1.`,
            topK: 'A model that thinks takes no top_k.',
          }
        : { topP: scope.traits.sampling === 'one' && temperature !== undefined ? EITHER_ONE : undefined };
  const chosen: { -readonly [Name in keyof Chosen]: number } = {};
  for (const [name, value] of Object.entries({ temperature, topP, topK }) as [keyof Chosen, number | undefined][]) {
    const reason = reasons[name];
    if (value === undefined) continue;
    if (reason === undefined) chosen[name] = value;
    else scope.dropped(`/sampling/${name}`, reason);
  }
  return chosen;
}

const NO_SAMPLING = 'This model takes no sampling options.';
const EITHER_ONE = 'This model takes either temperature or top_p.';

function isThinkingTopP(topP: number | undefined, temperature: number | undefined): boolean {
  return topP !== undefined && topP >= MIN_THINKING_TOP_P && temperature !== MAX_TEMPERATURE;
}

function clamped(temperature: number, scope: RequestScope): number {
  if (temperature <= MAX_TEMPERATURE) return temperature;
  scope.changed('/sampling/temperature', `The temperature is ${MAX_TEMPERATURE}, Bedrock's highest.`);
  return MAX_TEMPERATURE;
}

/** Each vendor spells it differently. @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html */
function topKField(topK: number | undefined, scope: RequestScope): JsonObject {
  if (topK === undefined) return {};
  const { vendor } = scope.traits;
  switch (vendor) {
    case 'anthropic':
    case 'mistral':
    case 'unknown':
      return { top_k: topK };
    case 'nova':
      return { inferenceConfig: { topK } };
    case 'cohere':
      return { k: topK };
    case 'openai':
    case 'other':
      scope.dropped('/sampling/topK', 'This model takes no top_k.');
      return {};
    default:
      return unknownVendor(vendor);
  }
}

function encodeStop({ stop }: Sampling, scope: RequestScope): Pick<InferenceConfig, 'stopSequences'> {
  if (stop === undefined) return {};
  const sequences = stop.filter((sequence) => sequence.trim() !== '');
  if (sequences.length < stop.length) scope.dropped('/sampling/stop', 'A stop sequence of white space is refused.');
  return sequences.length === 0 ? {} : { stopSequences: sequences };
}

function reportUnsayable(sampling: Sampling, scope: RequestScope): void {
  for (const name of UNSAYABLE)
    if (sampling[name] !== undefined) scope.dropped(`/sampling/${name}`, `Bedrock has no ${name}.`);
  if ((sampling.candidates ?? 1) > 1) scope.dropped('/sampling/candidates', 'Bedrock gives one answer.');
}

function unknownVendor(vendor: never): never {
  throw new TypeError(`unknown vendor ${String(vendor)}`);
}
