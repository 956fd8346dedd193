import type { CanonicalRequest, JsonObject, ReasoningOptions } from '@sluice/core';
import { effortOfBudget, nearestEffort } from '@sluice/translator-kit';
import { carriedBy } from '../carried.js';
import { REASONING_OPTIONS } from './decode-reasoning.js';
import type { ReasoningSwitch } from '../dialect.js';
import type { RequestScope } from './encode-content.js';
import type { RequestWarnings } from './request-warnings.js';

/** For thinking without a word on how much. */
const DEFAULT_EFFORT = 'high';

/** `reasoning_effort`, where the model has it, else the switch that its vendor has. A client of this format has said it in its vendor's own words already. */
export function encodeReasoning(request: CanonicalRequest, { dialect, warnings }: RequestScope): JsonObject {
  const { reasoning } = request;
  const carried = carriedBy(request);
  const own = carried?.['reasoning_effort'];
  if (own !== undefined) return { reasoning_effort: own };
  if (reasoning === undefined || REASONING_OPTIONS.some((name) => carried?.[name] !== undefined)) return {};
  const wanted = effortOf(reasoning);
  const efforts = dialect.reasoningEfforts;
  if (efforts.length === 0 && dialect.reasoningSwitch !== undefined) {
    if (reasoning.effort !== undefined || reasoning.budgetTokens !== undefined) warnOfDegree(wanted, warnings);
    return switchMember(dialect.reasoningSwitch, wanted !== 'none');
  }
  if (efforts.length === 0) {
    if (reasoning.mode !== 'off') warnings.dropped('/reasoning', 'The model is not known to take a reasoning effort.');
    return {};
  }
  const effort = nearestEffort(wanted, efforts);
  if (effort === undefined) {
    warnings.dropped('/reasoning', 'The reasoning effort is a word that the vendor does not know.');
    return {};
  }
  if (effort !== wanted)
    warnings.approximated('/reasoning', `The model has no effort "${wanted}": "${effort}" was sent.`);
  return { reasoning_effort: effort };
}

/** Thinking is on or off there, and nothing between. */
function warnOfDegree(wanted: string, warnings: RequestWarnings): void {
  if (wanted !== 'none') warnings.approximated('/reasoning', 'The vendor switches thinking on and off only: it is on.');
}

function switchMember(name: ReasoningSwitch, isOn: boolean): JsonObject {
  return name === 'thinking' ? { thinking: { type: isOn ? 'enabled' : 'disabled' } } : { enable_thinking: isOn };
}

function effortOf({ mode, effort, budgetTokens }: ReasoningOptions): string {
  if (mode === 'off') return 'none';
  return effort ?? (budgetTokens === undefined ? undefined : effortOfBudget(budgetTokens)) ?? DEFAULT_EFFORT;
}
