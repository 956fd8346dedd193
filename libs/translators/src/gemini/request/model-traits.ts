import type { ReasoningEffort } from '@sluice/translator-kit';

/** How a model is told how much to think. `any`: a name that we do not know; it is told what the client said. */
export type ThinkingStyle = 'level' | 'budget' | 'none' | 'any';

export interface ModelTraits {
  readonly thinking: ThinkingStyle;
  /** The levels that it takes, where it takes levels. */
  readonly levels: readonly ReasoningEffort[];
  /** The smallest and the largest budget in tokens, where they are known. */
  readonly budget?: readonly [min: number, max: number];
  /** Whether thinking can be switched off. */
  readonly canStopThinking: boolean;
  /** Whether the first call of a turn needs a signature, and results may hold media. */
  readonly isThirdGeneration: boolean;
  /** Whether a schema for the answer and functions exclude each other. */
  readonly schemaExcludesTools: boolean;
}

const LEVELS = ['minimal', 'low', 'medium', 'high'] as const;

/** By what the name says, the first match first. @see https://ai.google.dev/gemini-api/docs/thinking */
const ROWS: readonly (readonly [pattern: RegExp, traits: Partial<ModelTraits>])[] = [
  [/gemini-3(?:\.0)?-pro/, { thinking: 'level', levels: ['low', 'high'], isThirdGeneration: true }],
  [/gemini-3[^/]*-pro/, { thinking: 'level', levels: ['low', 'medium', 'high'], isThirdGeneration: true }],
  [/gemini-(?:[3-9]|\d\d)/, { thinking: 'level', levels: LEVELS, isThirdGeneration: true }],
  [
    /gemini-2\.5-flash-lite/,
    { thinking: 'budget', budget: [512, 24_576], canStopThinking: true, schemaExcludesTools: true },
  ],
  [/gemini-2\.5-flash/, { thinking: 'budget', budget: [1, 24_576], canStopThinking: true, schemaExcludesTools: true }],
  [/gemini-2\.5/, { thinking: 'budget', budget: [128, 32_768], schemaExcludesTools: true }],
  [/gemini-[12]|gemma/, { thinking: 'none', schemaExcludesTools: true }],
];

const BASE: ModelTraits = {
  thinking: 'any',
  levels: LEVELS,
  canStopThinking: false,
  isThirdGeneration: false,
  schemaExcludesTools: false,
};

/** What a model of this name takes. */
export function traitsOf(model: string): ModelTraits {
  const name = model.toLowerCase();
  const [, traits] = ROWS.find(([pattern]) => pattern.test(name)) ?? [];
  return traits === undefined ? { ...BASE, canStopThinking: true } : { ...BASE, ...traits };
}
