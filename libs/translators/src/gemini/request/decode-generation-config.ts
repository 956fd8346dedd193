import type { JsonObject, JsonValue, ReasoningOptions, ResponseFormat, Sampling } from '@sluice/core';
import { carryUnknown, countMember, nestedMember, objectMember, saidAs, textMember } from '@sluice/translator-kit';
import { inCamelCase } from '../member-names.js';
import { decodeThinking } from './decode-thinking.js';
import { toJsonSchema } from './open-api-schema.js';

const JSON_TYPE = 'application/json';

const NAMES: ReadonlySet<string> = new Set([
  'candidateCount',
  'frequencyPenalty',
  'imageConfig',
  'maxOutputTokens',
  'mediaResolution',
  'presencePenalty',
  'responseFormat',
  'responseJsonSchema',
  'responseLogprobs',
  'responseMimeType',
  'responseModalities',
  'responseSchema',
  'speechConfig',
  'stopSequences',
  'thinkingConfig',
  'topK',
  'topP',
]);

/** Members that the canonical request says completely. */
const SAID: ReadonlySet<string> = new Set([
  'candidateCount',
  'frequencyPenalty',
  'maxOutputTokens',
  'presencePenalty',
  'seed',
  'stopSequences',
  'temperature',
  'thinkingConfig',
  'topK',
  'topP',
]);
const LOGPROBS = ['responseLogprobs', 'logprobs'] as const;
const FORMAT_NAMES = ['responseMimeType', 'responseJsonSchema', 'responseSchema'] as const;

export interface DecodedGenerationConfig {
  readonly sampling: Sampling;
  readonly reasoning?: ReasoningOptions;
  readonly responseFormat?: ResponseFormat;
  /** What none of them says, and how the schema was spelled; both under the name `generationConfig`. */
  readonly carried?: JsonObject;
}

/** @see https://ai.google.dev/api/generate-content#generationconfig */
export function decodeGenerationConfig(wire: JsonObject | undefined): DecodedGenerationConfig {
  if (wire === undefined) return { sampling: {} };
  const config = inCamelCase(wire, NAMES);
  const thinking = objectMember(config, 'thinkingConfig');
  const decoded = thinking && decodeThinking(thinking);
  const responseFormat = decodeResponseFormat(config);
  const names = [
    ...SAID,
    ...(config['responseLogprobs'] === true ? LOGPROBS : []),
    ...(responseFormat ? FORMAT_NAMES : []),
  ];
  const rest = { ...carryUnknown(config, new Set(names)), ...nestedMember('thinkingConfig', decoded?.rest) };
  return {
    sampling: decodeSampling(config),
    ...(decoded !== undefined && { reasoning: decoded.reasoning }),
    ...(responseFormat !== undefined && { responseFormat }),
    carried: {
      ...(Object.keys(rest).length > 0 && { generationConfig: rest }),
      ...(responseFormat !== undefined && saidAs({ generationConfig: formatSpelling(config) })),
    },
  };
}

function decodeSampling(config: JsonObject): Sampling {
  return known({
    maxOutputTokens: countMember(config, 'maxOutputTokens'),
    temperature: numberOf(config['temperature']),
    topP: numberOf(config['topP']),
    topK: numberOf(config['topK']),
    stop: stopOf(config['stopSequences']),
    seed: numberOf(config['seed']),
    presencePenalty: numberOf(config['presencePenalty']),
    frequencyPenalty: numberOf(config['frequencyPenalty']),
    candidates: countMember(config, 'candidateCount'),
    logprobs: config['responseLogprobs'] === true ? (countMember(config, 'logprobs') ?? 0) : undefined,
  });
}

/** Undefined for what is no JSON and no plain text (`text/x.enum`): only this format can ask for it. */
function decodeResponseFormat(config: JsonObject): ResponseFormat | undefined {
  const mimeType = textMember(config, 'responseMimeType');
  if (mimeType === 'text/plain') return { type: 'text' };
  if (mimeType !== JSON_TYPE) return undefined;
  const jsonSchema = objectMember(config, 'responseJsonSchema');
  if (jsonSchema !== undefined) return { type: 'json-schema', schema: jsonSchema };
  const schema = objectMember(config, 'responseSchema');
  return schema === undefined ? { type: 'json' } : { type: 'json-schema', schema: toJsonSchema(schema) };
}

function formatSpelling(config: JsonObject): JsonObject {
  return Object.fromEntries(FORMAT_NAMES.flatMap((name) => (name in config ? [[name, config[name]]] : [])));
}

function stopOf(stop: JsonValue | undefined): readonly string[] | undefined {
  return Array.isArray(stop) ? stop.filter((item: JsonValue) => typeof item === 'string') : undefined;
}

function numberOf(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function known(sampling: { readonly [Name in keyof Sampling]: Sampling[Name] | undefined }): Sampling {
  return Object.fromEntries(Object.entries(sampling).filter(([, value]) => value !== undefined));
}
