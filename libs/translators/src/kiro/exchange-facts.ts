import type { CanonicalRequest, ReasoningOptions } from '@sluice/core';
import type { TranslationContext } from '@sluice/translator-kit';
import { readDialect, type KiroDialect } from './dialect.js';
import { LARGE_WINDOW_TOKENS, modelFacts, type ModelFacts } from './model-facts.js';
import { readModelSuffixes } from './model-suffixes.js';
import { encodeReasoning, type EncodedReasoning } from './request/encode-reasoning.js';

/** What the request's encoder and the answer's decoder both have to know of one exchange. */
export interface ExchangeFacts {
  readonly dialect: KiroDialect;
  readonly model: ModelFacts;
  /** How the model is asked to think. */
  readonly reasoning: EncodedReasoning;
  /** Whether the client, the model's name or the account wants thinking; the model may not be able to. */
  readonly isThinkingWanted: boolean;
  /** Whether the model's name asked for it, and the account allows it. */
  readonly isBySuffix: boolean;
  /** Whether the model is to work as an agent that writes files a little at a time. */
  readonly isAgentic: boolean;
}

/** The only version that is asked for adaptive thinking by its suffix. */
const ADAPTIVE_BY_SUFFIX = /^claude-opus-4\.6(?:-1m)?$/i;

export function exchangeFacts(request: CanonicalRequest, context: TranslationContext): ExchangeFacts {
  const dialect = readDialect(context.dialect);
  const suffixes = readModelSuffixes(context.routedModel ?? context.requestedModel, dialect.thinkingSuffix);
  const known = modelFacts(context.upstreamModel);
  const windowTokens = suffixes.large ? LARGE_WINDOW_TOKENS : (context.windowTokens ?? known.windowTokens);
  const model = { ...known, windowTokens };
  const options = wantedReasoning({ request, context, dialect, isBySuffix: suffixes.thinking });
  const isThinkingWanted = options !== undefined && options.mode !== 'off';
  return {
    dialect,
    model,
    reasoning: encodeReasoning(options, model, dialect.reasoning),
    isThinkingWanted,
    isBySuffix: isThinkingWanted && suffixes.thinking,
    isAgentic: suffixes.agentic,
  };
}

interface Wish {
  readonly request: CanonicalRequest;
  readonly context: TranslationContext;
  readonly dialect: KiroDialect;
  readonly isBySuffix: boolean;
}

/** A suffix replaces what the request says: clients that use one cannot say it otherwise. */
function wantedReasoning({ request, context, dialect, isBySuffix }: Wish): ReasoningOptions | undefined {
  const { mode, always, budgetTokens } = dialect.reasoning;
  if (mode === 'off') return { mode: 'off' };
  if (isBySuffix) {
    const isAdaptive = ADAPTIVE_BY_SUFFIX.test(context.upstreamModel);
    return isAdaptive ? { mode: 'adaptive', effort: 'high', budgetTokens } : { mode: 'on', budgetTokens };
  }
  return request.reasoning ?? (always ? { mode: 'on' } : undefined);
}
