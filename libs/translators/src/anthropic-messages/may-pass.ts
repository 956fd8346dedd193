import { mayHoldForeignSearch } from './answer/foreign-search.js';
import { holdsForeignProof, type ProofPlaces } from '@sluice/translator-kit';

const PROOFS: ProofPlaces = { members: ['signature'], own: 'anthropic', refusesEmpty: true };

/**
 * Whether Anthropic takes the history as it is. Thinking of other vendors reaches clients without a signature or with
 * the other's, clients send it back, and Anthropic refuses a thinking block whose signature is not its own. A search that another
 * vendor ran is none that Anthropic knows the result of.
 */
export function mayPass(body: Buffer): boolean {
  return !holdsForeignProof(body, PROOFS) && !mayHoldForeignSearch(body);
}
