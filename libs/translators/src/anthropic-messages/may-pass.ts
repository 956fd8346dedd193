import { holdsForeignProof } from '@sluice/translator-kit';

/** How a thinking block without a proof is spelled; a quoted text has backslashes before its quotation marks. */
const UNSIGNED = ['"signature":""', '"signature": ""'] as const;

/** Where a proof stands. */
const PROOFS = ['signature'];

/**
 * Whether Anthropic takes the history as it is. Thinking of other vendors reaches clients without a signature or with
 * the other's, clients send it back, and Anthropic refuses a thinking block whose signature is not its own.
 *
 * Hot path: bytes are searched, nothing is parsed.
 */
export function mayPass(body: Buffer): boolean {
  return UNSIGNED.every((spelling) => !body.includes(spelling)) && !holdsForeignProof(body, PROOFS, 'anthropic');
}
