/**
 * Families of models that only the Responses API serves.
 * @see https://platform.openai.com/docs/models
 */
const RESPONSES_ONLY: readonly RegExp[] = [
  /(?:^|-)codex(?:-|$)/, // gpt-5-codex, codex-mini-latest
  /^(?:o\d|gpt-\d+(?:\.\d+)?)-pro(?:-|$)/, // o1-pro, gpt-5-pro-2025-10-06
  /-deep-research(?:-|$)/, // o3-deep-research
  /^computer-use-/, // computer-use-preview
];

/** Whether a model has no Chat Completions. Fine-tuned models are called after theirs (`ft:gpt-4.1:…`) and have it. */
export function isResponsesOnly(model: string): boolean {
  return RESPONSES_ONLY.some((family) => family.test(model));
}
