import type { CanonicalRequest, Sampling } from '@sluice/core';
import type { EncodeWarnings } from './encode-warnings.js';

/** What each option is called in a sentence. `stop` is missing: the gateway itself ends the answer there. */
const UNKNOWN_SAMPLING: Readonly<Record<Exclude<keyof Sampling, 'stop'>, string>> = {
  maxOutputTokens: 'a limit of the answer',
  temperature: 'a temperature',
  topP: 'a top-p',
  topK: 'a top-k',
  seed: 'a seed',
  presencePenalty: 'a presence penalty',
  frequencyPenalty: 'a frequency penalty',
  candidates: 'several answers',
  logprobs: 'log probabilities',
};

/** Reports the options that the vendor's request has no member for. */
export function warnOfOptions({ sampling, serviceTier }: CanonicalRequest, warnings: EncodeWarnings): void {
  for (const name of Object.keys(UNKNOWN_SAMPLING) as (keyof typeof UNKNOWN_SAMPLING)[]) {
    if (sampling[name] === undefined || (name === 'candidates' && sampling.candidates === 1)) continue;
    warnings.add(`/sampling/${name}`, 'dropped', `Kiro cannot be given ${UNKNOWN_SAMPLING[name]}.`);
  }
  if (serviceTier !== undefined) warnings.add('/serviceTier', 'dropped', 'Kiro has no service tiers.');
}
