import { createHash, randomBytes } from 'node:crypto';

const RANDOM_BYTES = 32;

/** Proves at the end of a login that it was begun here. @see https://www.rfc-editor.org/rfc/rfc7636 */
export interface ProofKey {
  readonly verifier: string;
  readonly challenge: string;
  /** Comes back with the code: an answer to somebody else's question has another. */
  readonly state: string;
}

/** @param verifierBytes 32 to 96; default 32 */
export function createProofKey(verifierBytes = RANDOM_BYTES): ProofKey {
  const verifier = randomBytes(verifierBytes).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  return { verifier, challenge, state: randomBytes(RANDOM_BYTES).toString('base64url') };
}
