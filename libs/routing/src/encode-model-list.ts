import type { JsonObject } from '@sluice/core';
import type { ListedModel } from './listed-model.js';

/** The formats demand a date; this one says that none is known. */
const UNKNOWN_CREATION_S = 0;

/**
 * `GET /v1/models` for OpenAI's clients. What is known of a model stands beside OpenAI's own members, by the names that gateways
 * have given it.
 * @see https://platform.openai.com/docs/api-reference/models/list
 */
export function encodeOpenAiModelList(models: readonly ListedModel[]): JsonObject {
  return {
    object: 'list',
    data: models.map(({ id, createdAt, ownedBy, displayName, maxInputTokens, maxOutputTokens, thinks }) => ({
      id,
      object: 'model',
      created: createdAt ?? UNKNOWN_CREATION_S,
      owned_by: ownedBy,
      ...(displayName !== undefined && { display_name: displayName }),
      ...(maxInputTokens !== undefined && { context_length: maxInputTokens }),
      ...(maxOutputTokens !== undefined && { max_tokens: maxOutputTokens, max_completion_tokens: maxOutputTokens }),
      ...(thinks !== undefined && { type: 'chat', thinking: thinks }),
    })),
  };
}

/** `GET /v1/models` for Anthropic's clients, as one page. @see https://docs.anthropic.com/en/api/models-list */
export function encodeAnthropicModelList(models: readonly ListedModel[]): JsonObject {
  return {
    data: models.map(({ id, displayName, createdAt }) => ({
      type: 'model',
      id,
      display_name: displayName ?? id,
      created_at: toRfc3339(createdAt ?? UNKNOWN_CREATION_S),
    })),
    has_more: false,
    first_id: models[0]?.id ?? null,
    last_id: models.at(-1)?.id ?? null,
  };
}

function toRfc3339(unixTimeS: number): string {
  return new Date(unixTimeS * 1000).toISOString().replace('.000Z', 'Z');
}
