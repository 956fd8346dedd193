import type { CanonicalRequest } from '@sluice/core';
import type { EncodeWarnings } from './encode-warnings.js';
import type { ExchangeFacts } from '../exchange-facts.js';

export interface ReasoningWish {
  readonly request: CanonicalRequest;
  readonly facts: ExchangeFacts;
  readonly modelId: string;
  readonly warnings: EncodeWarnings;
}

/** Reports where the account or the model decides otherwise than the client about thinking. */
export function warnOfReasoning({ request, facts, modelId, warnings }: ReasoningWish): void {
  const { dialect, reasoning, isThinkingWanted, isBySuffix } = facts;
  const isAsked = request.reasoning !== undefined && request.reasoning.mode !== 'off';
  if (isAsked && dialect.reasoning.mode === 'off') {
    warnings.add('/reasoning', 'dropped', 'The account does not let its models think.');
  } else if (isThinkingWanted && reasoning.way === 'impossible') {
    warnings.add('/reasoning', 'dropped', `The model ${modelId} cannot be made to think.`);
  } else if (isBySuffix && request.reasoning !== undefined) {
    warnings.add('/reasoning', 'changed', "The model's name asks for thinking, which replaces what the request says.");
  }
}
