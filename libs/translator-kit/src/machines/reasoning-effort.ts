/** Words for how much a model should think, weakest first. */
export const REASONING_EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;

export type ReasoningEffort = (typeof REASONING_EFFORTS)[number];

/** What an effort is worth in tokens where a vendor wants a budget. */
const EFFORT_BUDGET_TOKENS: Readonly<Record<ReasoningEffort, number>> = {
  none: 0,
  minimal: 512,
  low: 1024,
  medium: 8192,
  high: 24_576,
  xhigh: 32_768,
  max: 128_000,
};

/** The largest budget of each effort; beyond the last one it is `xhigh`. `max` is a wish that only a client expresses. */
const BUDGET_CEILINGS: readonly (readonly [ReasoningEffort, number])[] = [
  ['none', 0],
  ['minimal', 512],
  ['low', 1024],
  ['medium', 8192],
  ['high', 24_576],
];

export function isReasoningEffort(word: string): word is ReasoningEffort {
  return (REASONING_EFFORTS as readonly string[]).includes(word);
}

/** Tokens for an effort; undefined for a word that we do not know. */
export function budgetOfEffort(effort: string): number | undefined {
  return isReasoningEffort(effort) ? EFFORT_BUDGET_TOKENS[effort] : undefined;
}

/** The effort that a budget in tokens stands for; undefined for what is no budget (negative or not finite). */
export function effortOfBudget(tokens: number): ReasoningEffort | undefined {
  if (!Number.isFinite(tokens) || tokens < 0) return undefined;
  return BUDGET_CEILINGS.find(([, ceiling]) => tokens <= ceiling)?.[0] ?? 'xhigh';
}

/**
 * The nearest effort that a model supports; of two equally near ones the lower. Undefined for an unknown word and for a
 * model without efforts.
 */
export function nearestEffort(effort: string, supported: readonly string[]): ReasoningEffort | undefined {
  if (!isReasoningEffort(effort)) return undefined;
  const wanted = REASONING_EFFORTS.indexOf(effort);
  let nearest: ReasoningEffort | undefined;
  let distance = Infinity;
  for (const [strength, candidate] of REASONING_EFFORTS.entries()) {
    if (!supported.includes(candidate) || Math.abs(strength - wanted) >= distance) continue;
    nearest = candidate;
    distance = Math.abs(strength - wanted);
  }
  return nearest;
}
