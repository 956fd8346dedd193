import { isJsonObject, type FormatId, type JsonObject } from '@sluice/core';
import type { ModelInfo } from '@sluice/provider-kit';

/** A model as the vendor lists it. */
export interface CopilotModel {
  readonly info: ModelInfo;
  /** What it can be asked in, best first. */
  readonly formats: readonly FormatId[];
}

const FORMAT_OF_ENDPOINT: Readonly<Record<string, FormatId>> = {
  '/chat/completions': 'openai-chat',
  '/v1/chat/completions': 'openai-chat',
  '/responses': 'openai-responses',
  '/v1/responses': 'openai-responses',
  '/v1/messages': 'anthropic-messages',
  '/embeddings': 'openai-embeddings',
  '/v1/embeddings': 'openai-embeddings',
};
/** What a model is asked in whose endpoints are not listed. Completions in an editor are no format of ours. */
const FORMAT_OF_TYPE: ReadonlyMap<string, FormatId> = new Map([
  ['chat', 'openai-chat'],
  ['embeddings', 'openai-embeddings'],
]);
/** A model's native format says most. */
const ORDER: readonly FormatId[] = ['anthropic-messages', 'openai-chat', 'openai-responses', 'openai-embeddings'];

/** The models of a list that can be asked for anything: neither switched off by the account's policy, nor of another kind. */
export function readModels(data: readonly unknown[]): readonly CopilotModel[] {
  return data.filter(isJsonObject).flatMap(readModel);
}

function readModel(model: JsonObject): readonly CopilotModel[] {
  const { id, name, vendor, policy } = model;
  if (typeof id !== 'string' || id === '' || memberOf(policy, 'state') === 'disabled') return [];
  const formats = formatsOf(model);
  if (formats.length === 0) return [];
  return [
    {
      info: {
        id,
        ...(typeof name === 'string' && { displayName: name }),
        ...(typeof vendor === 'string' && { ownedBy: vendor }),
        ...limitsOf(model),
      },
      formats,
    },
  ];
}

function formatsOf({ supported_endpoints: endpoints, capabilities }: JsonObject): readonly FormatId[] {
  if (Array.isArray(endpoints)) {
    const named = new Set(endpoints.map((endpoint) => FORMAT_OF_ENDPOINT[String(endpoint)]));
    return ORDER.filter((format) => named.has(format));
  }
  const type = memberOf(capabilities, 'type');
  const format = FORMAT_OF_TYPE.get(typeof type === 'string' ? type : 'chat');
  return format === undefined ? [] : [format];
}

function limitsOf({ capabilities }: JsonObject): Pick<ModelInfo, 'maxInputTokens' | 'maxOutputTokens'> {
  const limits = memberOf(capabilities, 'limits');
  const input = countOf(limits, 'max_prompt_tokens') ?? countOf(limits, 'max_context_window_tokens');
  const output = countOf(limits, 'max_output_tokens');
  return {
    ...(input === undefined ? {} : { maxInputTokens: input }),
    ...(output === undefined ? {} : { maxOutputTokens: output }),
  };
}

function countOf(limits: unknown, name: string): number | undefined {
  const value = memberOf(limits, name);
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return isJsonObject(value) ? value[name] : undefined;
}
