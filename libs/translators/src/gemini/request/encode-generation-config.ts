import type { CanonicalRequest, JsonObject, ResponseFormat, Sampling } from '@sluice/core';
import { objectMember, restoreMembers } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';
import { cleanJsonSchema } from './clean-json-schema.js';
import { encodeThinking } from './encode-thinking.js';
import type { RequestScope } from './request-scope.js';
import { toOpenApiSchema } from './to-open-api-schema.js';

const JSON_TYPE = 'application/json';
const MAX_STOP_SEQUENCES = 5;
/** Alternatives per token. */
const MAX_LOGPROBS = 20;

/**
 * `generationConfig`; undefined when there is nothing to say.
 * @see https://ai.google.dev/api/generate-content#generationconfig
 */
export function encodeGenerationConfig(request: CanonicalRequest, scope: RequestScope): JsonObject | undefined {
  const carried = objectMember(carriedBy(request), 'generationConfig');
  const thinkingConfig = encodeThinking(request.reasoning, scope);
  const config = restoreMembers(
    {
      ...encodeSampling(request.sampling, scope),
      ...(carried?.['responseMimeType'] === undefined && encodeResponseFormat(request, scope)),
      ...(thinkingConfig !== undefined && { thinkingConfig }),
    },
    carried,
  );
  return Object.keys(config).length === 0 ? undefined : config;
}

function encodeSampling(sampling: Sampling, scope: RequestScope): JsonObject {
  const {
    maxOutputTokens,
    temperature,
    topP,
    topK,
    stop,
    seed,
    presencePenalty,
    frequencyPenalty,
    candidates,
    logprobs,
  } = sampling;
  const stopSequences = stop?.slice(0, MAX_STOP_SEQUENCES) ?? [];
  if (stop !== undefined && stop.length > MAX_STOP_SEQUENCES) {
    scope.dropped('/sampling/stop', `Google takes ${MAX_STOP_SEQUENCES} stop sequences; the others were left out.`);
  }
  return {
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(topK !== undefined && { topK }),
    ...(stopSequences.length > 0 && { stopSequences }),
    ...(seed !== undefined && { seed }),
    ...(presencePenalty !== undefined && { presencePenalty }),
    ...(frequencyPenalty !== undefined && { frequencyPenalty }),
    ...(candidates !== undefined && { candidateCount: candidates }),
    ...(logprobs !== undefined && { responseLogprobs: true }),
    ...(logprobs !== undefined && logprobs > 0 && { logprobs: Math.min(MAX_LOGPROBS, logprobs) }),
  };
}

function encodeResponseFormat({ responseFormat, tools }: CanonicalRequest, scope: RequestScope): JsonObject {
  if (responseFormat === undefined || responseFormat.type === 'text') return {};
  if (scope.traits.schemaExcludesTools && tools.some(({ kind }) => kind === 'function')) {
    scope.dropped('/responseFormat', 'This model takes either functions or a format for its answer, not both.');
    return {};
  }
  return { responseMimeType: JSON_TYPE, ...schemaOf(responseFormat, scope) };
}

function schemaOf(format: Exclude<ResponseFormat, { type: 'text' }>, scope: RequestScope): JsonObject {
  if (format.type === 'json') return {};
  if (!scope.isOpenApi) return { responseJsonSchema: cleanJsonSchema(format.schema) };
  const { schema, lost } = toOpenApiSchema(format.schema);
  if (lost.length > 0) {
    const names = lost.join(', ');
    scope.approximated('/responseFormat/schema', `The schema was sent without what Google's cannot say: ${names}.`);
  }
  return { responseSchema: schema };
}
