import type { CanonicalRequest, JsonObject, ReasoningOptions } from '@sluice/core';
import { effortOfBudget, nearestEffort } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';
import type { ModelTraits } from './model-family.js';
import type { RequestScope } from './request-scope.js';

/** `reasoning`. A client of this format has said it in its vendor's own words already. */
export function encodeReasoning(request: CanonicalRequest, traits: ModelTraits, scope: RequestScope): JsonObject {
  const own = carriedBy(request)?.['reasoning'];
  if (own !== undefined) return { reasoning: own };
  const { reasoning } = request;
  if (reasoning === undefined || scope.isOwn) return {};
  if (traits.efforts?.length === 0) {
    if (reasoning.mode !== 'off') scope.warnings.dropped('/reasoning', 'The model does not reason.');
    return {};
  }
  const effort = knownEffort(reasoning, traits, scope);
  const said = { ...(effort !== undefined && { effort }), ...(wantsSummary(reasoning) && { summary: 'auto' }) };
  return Object.keys(said).length === 0 ? {} : { reasoning: said };
}

/** Undefined = as much as the model likes. */
function knownEffort(
  reasoning: ReasoningOptions,
  { efforts }: ModelTraits,
  { warnings }: RequestScope,
): string | undefined {
  const wanted = effortOf(reasoning);
  if (wanted === undefined || efforts === undefined) return wanted;
  const effort = nearestEffort(wanted, efforts);
  if (effort === undefined)
    warnings.dropped('/reasoning/effort', 'The reasoning effort is a word that OpenAI does not know.');
  else if (effort !== wanted) {
    warnings.approximated('/reasoning/effort', `The model has no effort "${wanted}": "${effort}" was sent.`);
  }
  return effort;
}

function effortOf({ mode, effort, budgetTokens }: ReasoningOptions): string | undefined {
  if (mode === 'off') return 'none';
  return effort ?? (budgetTokens === undefined ? undefined : effortOfBudget(budgetTokens));
}

/** A client that spoke of a budget, or of what it wants to see, expects to see something. */
function wantsSummary({ mode, budgetTokens, show }: ReasoningOptions): boolean {
  if (mode === 'off' || show === 'none') return false;
  return show !== undefined || budgetTokens !== undefined;
}
