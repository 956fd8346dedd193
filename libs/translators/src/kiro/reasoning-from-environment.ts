import type { JsonObject } from '@sluice/core';
import { REASONING_HANDLINGS } from './dialect.js';

/** The older gateway asks every model for so much unless told otherwise. */
const DEFAULT_MAX_TOKENS = 4000;

const FALSE_WORDS: ReadonlySet<string> = new Set(['false', '0', 'no', 'off', 'disabled']);
const NAMES = ['FAKE_REASONING', 'FAKE_REASONING_MAX_TOKENS', 'FAKE_REASONING_HANDLING'] as const;

/**
 * The `reasoning` member of an account that behaves as kiro-gateway does with these variables. It teaches every model the
 * tags, also where the client asks for nothing. Undefined where none of its variables is set. Pure: whoever imports a
 * configuration hands the variables in.
 */
export function reasoningFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): JsonObject | undefined {
  const [switched, maxTokens, handling] = NAMES.map((name) => environment[name]?.trim() ?? '');
  if (NAMES.every((name) => environment[name] === undefined)) return undefined;
  const isOn = !FALSE_WORDS.has((switched ?? '').toLowerCase());
  const budget = Number(maxTokens);
  const word = (handling ?? '').toLowerCase();
  return {
    mode: isOn ? 'tags' : 'off',
    always: isOn,
    budgetTokens: maxTokens !== '' && Number.isInteger(budget) && budget > 0 ? budget : DEFAULT_MAX_TOKENS,
    handling: REASONING_HANDLINGS.find((known) => known === word) ?? 'as_reasoning_content',
  };
}
