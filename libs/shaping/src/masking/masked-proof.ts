import { createHash } from 'node:crypto';
import type { FormatId, Signature } from '@sluice/core';

const HEAD = 'masked-text:';
const DIGEST_DIGITS = 16;
const MARKED = new RegExp(`^${HEAD}([0-9a-f]{${DIGEST_DIGITS}}):([^]+)$`);

/**
 * A vendor's proof of reasoning whose text the client gets with words that were masked: it is true of the masked text only. The
 * client keeps it as that of a family which is not the vendor's, so that nobody shows it to the vendor but who can mask the text
 * again; the digest says whether that gives the very text.
 */
export function markProof({ family, value, ...rest }: Signature, vendorsText: string, client?: FormatId): Signature {
  if (family !== 'anthropic') return { family, value, ...rest }; // others do not check the text that they show
  return { family: client === 'gemini' ? 'openai' : 'gemini', value: `${HEAD}${digestOf(vendorsText)}:${value}` };
}

/** The proof of a block whose text was masked. @returns undefined = it is true of another text */
export function unmarkProof(signature: Signature, maskedText: string): Signature | undefined {
  const [, digest, value] = MARKED.exec(signature.value) ?? [];
  if (digest === undefined || value === undefined) return signature;
  return digest === digestOf(maskedText) ? { family: 'anthropic', value } : undefined;
}

/** Whether the proof is true of the masked text only. */
export function isMarkedProof({ value }: Signature): boolean {
  return value.startsWith(HEAD);
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, DIGEST_DIGITS);
}
