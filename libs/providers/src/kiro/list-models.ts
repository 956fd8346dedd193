import { isJsonObject } from '@sluice/core';
import { GatewayError, replyFailure, type ModelInfo } from '@sluice/provider-kit';
import { askManagement, type ManagementCall } from './usage/management-call.js';

/** The most that one page may hold. */
const PAGE_SIZE = 50;
/** A list longer than this is cut off. */
const MAX_PAGES = 10;

/**
 * All pages of `GET /ListAvailableModels`: what the account's plan has.
 * @throws GatewayError
 */
export async function listKiroModels(
  call: Pick<ManagementCall, 'http' | 'account' | 'credential' | 'signal'>,
): Promise<readonly ModelInfo[]> {
  const models: ModelInfo[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const token: Record<string, string> = nextToken === undefined ? {} : { nextToken };
    const query = () => ({ origin: 'AI_EDITOR', maxResults: String(PAGE_SIZE), ...token });
    const reply = await askManagement({ ...call, path: '/ListAvailableModels', query });
    if (reply.status !== 200) throw replyFailure(reply, 'its model list');
    const { models: listed, nextToken: next } = readPage(reply.value);
    models.push(...listed);
    if (next === undefined || next === nextToken) break;
    nextToken = next;
  }
  return models;
}

interface Page {
  readonly models: readonly ModelInfo[];
  readonly nextToken: string | undefined;
}

function readPage(value: unknown): Page {
  const answer = (value ?? {}) as {
    readonly models?: unknown;
    readonly availableModels?: unknown;
    readonly nextToken?: unknown;
  }; // all are checked
  const { models = answer.availableModels, nextToken } = answer;
  if (!Array.isArray(models)) {
    throw new GatewayError({ kind: 'upstream_invalid_response', message: "The vendor's model list has no models." });
  }
  return {
    models: models.flatMap(readModel),
    nextToken: typeof nextToken === 'string' && nextToken !== '' ? nextToken : undefined,
  };
}

function readModel(value: unknown): readonly ModelInfo[] {
  if (!isJsonObject(value)) return [];
  const { modelId, modelName, tokenLimits } = value;
  if (typeof modelId !== 'string') return [];
  const limits = isJsonObject(tokenLimits) ? tokenLimits : {};
  return [
    {
      id: modelId,
      ...(typeof modelName === 'string' && { displayName: modelName }),
      ...limitOf('maxInputTokens', limits['maxInputTokens']),
      ...limitOf('maxOutputTokens', limits['maxOutputTokens']),
    },
  ];
}

function limitOf(name: 'maxInputTokens' | 'maxOutputTokens', value: unknown): Partial<ModelInfo> {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? { [name]: value } : {};
}
