import type { CanonicalRequest } from '@sluice/core';
import { traitsOf } from './model-traits.js';

/** The tool through which a model without structured output gives its JSON. Nobody else's tool is called this. */
export const JSON_ANSWER_TOOL = 'sluice_json_answer';

/**
 * How an answer of a given shape is asked for: by the format's own member, by a forced call of a tool with that schema
 * (unwrapped again by the decoders), or in words, where neither goes.
 */
export type JsonAnswerMeans = 'none' | 'output-format' | 'tool' | 'instruction';

export function jsonAnswerMeans(request: CanonicalRequest, upstreamModel: string): JsonAnswerMeans {
  const { responseFormat, tools, reasoning } = request;
  if (responseFormat === undefined || responseFormat.type === 'text') return 'none';
  if (responseFormat.type === 'json') return 'instruction';
  const traits = traitsOf(upstreamModel);
  if (traits.structuredOutput) return 'output-format';
  const mayThink = traits.thinking !== 'none' && reasoning !== undefined && reasoning.mode !== 'off';
  return tools.length === 0 && !mayThink ? 'tool' : 'instruction';
}
