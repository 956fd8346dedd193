import type { ModelInfo } from '@sluice/provider-kit';

/** The vendor tells no list; what a plan really has differs. Seen 2026-08; other names work with the prefix `codex/`. */
const MODELS = [
  'gpt-5',
  'gpt-5-codex',
  'gpt-5-codex-mini',
  'gpt-5.1',
  'gpt-5.1-codex',
  'gpt-5.1-codex-max',
  'gpt-5.1-codex-mini',
  'gpt-5.2',
  'gpt-5.2-codex',
  'gpt-5.3-codex',
  'gpt-5.3-codex-spark',
  'gpt-5.4',
];

export function listCodexModels(): readonly ModelInfo[] {
  return MODELS.map((id) => ({ id, ownedBy: 'openai' }));
}
