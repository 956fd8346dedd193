import type { JsonObject } from '@sluice/core';
import type { ListedModel } from '@sluice/routing';

/** What every model can be asked for here. */
const METHODS = ['generateContent', 'streamGenerateContent', 'countTokens'] as const;

/** A model for Gemini's clients. @see https://ai.google.dev/api/models */
export function encodeGeminiModel({ id, displayName, maxInputTokens, maxOutputTokens }: ListedModel): JsonObject {
  return {
    name: `models/${id}`,
    baseModelId: id,
    displayName: displayName ?? id,
    ...(maxInputTokens !== undefined && { inputTokenLimit: maxInputTokens }),
    ...(maxOutputTokens !== undefined && { outputTokenLimit: maxOutputTokens }),
    supportedGenerationMethods: [...METHODS],
  };
}
