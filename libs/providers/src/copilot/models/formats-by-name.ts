import type { FormatId } from '@sluice/core';

interface Family {
  readonly name: RegExp;
  readonly formats: readonly FormatId[];
}

/** What the vendor serves each family by. Seen 2025-11 in its own lists. */
const FAMILIES: readonly Family[] = [
  { name: /^claude-/, formats: ['anthropic-messages', 'openai-chat'] },
  { name: /embedding/, formats: ['openai-embeddings'] },
  // 400 unsupported_api_for_model at the older address
  { name: /codex|^gpt-5\.[4-9]/, formats: ['openai-responses'] },
];
const CHAT: readonly FormatId[] = ['openai-chat'];

/** The formats of a model, best first, as long as the vendor's own list has not been read. */
export function formatsByName(model: string): readonly FormatId[] {
  return FAMILIES.find(({ name }) => name.test(model))?.formats ?? CHAT;
}
