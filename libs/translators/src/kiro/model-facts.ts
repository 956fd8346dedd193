/** Where a model's reasoning effort stands, and the efforts it takes. */
export interface EffortRule {
  /** The member of `additionalModelRequestFields`. */
  readonly member: 'output_config' | 'reasoning';
  readonly efforts: readonly string[];
  /** What an effort that is not taken becomes. */
  readonly fallback: string;
}

/** What the vendor publishes of its models, as far as a request or its usage depends on it. */
export interface ModelFacts {
  /** Tokens of prompt and answer together; the vendor reports usage as a percentage of it. */
  readonly windowTokens: number;
  readonly family: 'anthropic' | 'openai' | 'other';
  /** Absent = any additional field makes the model refuse the request. */
  readonly effort?: EffortRule;
}

const DEFAULT_WINDOW_TOKENS = 200_000;
/** Of newer models, and of those whose name asks for it. */
export const LARGE_WINDOW_TOKENS = 1_000_000;
const GPT_WINDOW_TOKENS = 272_000;

const ALL_EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max'];

/** First match counts; observed until September 2026. */
const ROWS: readonly (readonly [pattern: RegExp, facts: ModelFacts])[] = [
  [
    /^claude-(?:opus|sonnet)-4\.6(?:-1m)?$/,
    {
      windowTokens: LARGE_WINDOW_TOKENS,
      family: 'anthropic',
      effort: { member: 'output_config', efforts: ['low', 'medium', 'high', 'max'], fallback: 'high' },
    },
  ],
  [
    /^claude-(?:opus-4\.[78]|(?:opus|sonnet|fable)-5)(?:-1m)?$/,
    {
      windowTokens: LARGE_WINDOW_TOKENS,
      family: 'anthropic',
      effort: { member: 'output_config', efforts: ALL_EFFORTS, fallback: 'high' },
    },
  ],
  [/^claude-.*-1m$/, { windowTokens: LARGE_WINDOW_TOKENS, family: 'anthropic' }],
  [/^claude[-_]/, { windowTokens: DEFAULT_WINDOW_TOKENS, family: 'anthropic' }],
  [
    /^gpt-/,
    {
      windowTokens: GPT_WINDOW_TOKENS,
      family: 'openai',
      effort: { member: 'reasoning', efforts: ['none', ...ALL_EFFORTS], fallback: 'high' },
    },
  ],
];

const OTHER: ModelFacts = { windowTokens: DEFAULT_WINDOW_TOKENS, family: 'other' };

/** @param modelId the vendor's own id, in any case */
export function modelFacts(modelId: string): ModelFacts {
  const id = modelId.toLowerCase();
  return ROWS.find(([pattern]) => pattern.test(id))?.[1] ?? OTHER;
}
