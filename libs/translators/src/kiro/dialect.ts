import { isJsonObject } from '@sluice/core';
import { MAX_REQUEST_BODY_BYTES } from './request/assert-size.js';

export const REASONING_MODES = ['auto', 'native', 'tags', 'off'] as const;
/** By which means models are made to think. */
export type ReasoningMode = (typeof REASONING_MODES)[number];

export const REASONING_HANDLINGS = ['as_reasoning_content', 'remove', 'pass', 'strip_tags'] as const;
/** What the client sees of thinking: a part of its own, nothing, tags in the text, or bare text. */
export type ReasoningHandling = (typeof REASONING_HANDLINGS)[number];

export const THINKING_FORMATS = ['thinking', 'think', 'reasoning_content'] as const;
export type ThinkingFormat = (typeof THINKING_FORMATS)[number];

/** What a client gets that only says "think". */
export const DEFAULT_BUDGET_TOKENS = 20_000;
export const DEFAULT_THINKING_SUFFIX = '-thinking';

export interface ReasoningDialect {
  readonly mode: ReasoningMode;
  /** Whether models think also where the client says nothing of it. */
  readonly always: boolean;
  readonly budgetTokens: number;
  readonly handling: ReasoningHandling;
}

/** What an account declares about its requests and answers; the defaults are the format's. */
export interface KiroDialect {
  readonly reasoning: ReasoningDialect;
  /** A model's name that ends with it asks for thinking; empty = none does. */
  readonly thinkingSuffix: string;
  /**
   * How thinking that is shown is spelt. `think`: in `<think>` tags in the text. `thinking`: in `<thinking>` tags for OpenAI's
   * clients, as a block for Anthropic's. `reasoning_content` and undefined: as a part of its own, whatever the client calls it.
   */
  readonly thinkingFormat: ThinkingFormat | undefined;
  /** Whether a cut call is told to the client as text and to the model in its next turn. Else it is a failure. */
  readonly truncationRecovery: boolean;
  /** Whether the vendor is also asked once more, where nothing of a cut answer has reached the client. */
  readonly truncationRetry: boolean;
  /** Whether calls that a model writes into its text become calls. */
  readonly textToolCalls: boolean;
  /** Whether tools that write files are described as taking a little at a time. */
  readonly splitWrites: boolean;
  /** Whether schemas lose everything that some hosts refuse. */
  readonly strictSchemas: boolean;
  /** Whether the client's cache markers are sent; only hosts of the command line take them. */
  readonly cachePoints: boolean;
  /** Tools that are larger together are compressed to this; 0 = never. */
  readonly toolCompressionBytes: number;
  /** 0 = no limit. */
  readonly maxRequestBodyBytes: number;
}

type Settings = Readonly<Record<string, unknown>>;

/** @param settings the account's, by name; those of the wrong type count as absent */
export function readDialect(settings: Settings): KiroDialect {
  return {
    reasoning: readReasoning(settings['reasoning']),
    thinkingSuffix: text(settings['thinkingSuffix']) ?? DEFAULT_THINKING_SUFFIX,
    thinkingFormat: oneOf(THINKING_FORMATS, settings['thinkingFormat']),
    truncationRecovery: flag(settings['truncationRecovery']) ?? true,
    truncationRetry: flag(settings['truncationRetry']) ?? true,
    textToolCalls: flag(settings['textToolCalls']) ?? false,
    splitWrites: flag(settings['splitWrites']) ?? true,
    strictSchemas: flag(settings['strictSchemas']) ?? false,
    cachePoints: flag(settings['cachePoints']) ?? false,
    toolCompressionBytes: count(settings['toolCompressionBytes']) ?? 0,
    maxRequestBodyBytes: count(settings['maxRequestBodyBytes']) ?? MAX_REQUEST_BODY_BYTES,
  };
}

function readReasoning(declared: unknown): ReasoningDialect {
  const settings: Settings = isJsonObject(declared) ? declared : {};
  return {
    mode: oneOf(REASONING_MODES, settings['mode']) ?? 'auto',
    always: flag(settings['always']) ?? false,
    budgetTokens: count(settings['budgetTokens']) ?? DEFAULT_BUDGET_TOKENS,
    handling: oneOf(REASONING_HANDLINGS, settings['handling']) ?? 'as_reasoning_content',
  };
}

function oneOf<Word extends string>(words: readonly Word[], value: unknown): Word | undefined {
  return words.find((word) => word === value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}
