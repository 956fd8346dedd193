import type { Signature, SignatureFamily } from '@sluice/core';
import { proofMark, signatureFamily } from './signature-family.js';

/**
 * A proof as it is given to a client whose format belongs to the family `own`: the vendor's bytes, with a mark in front where
 * nothing in them would tell whose they are when the client sends them back.
 */
export function proofForClient({ family, value }: Signature, own: SignatureFamily): string {
  const isPlain = family === own || family === 'unknown' || signatureFamily(value) === family;
  return isPlain ? value : `${proofMark(family)}${value}`;
}

/** The same back from a client's history: the vendor's bytes, and whose they are as far as that can be told. */
export function proofOfClient(value: string): Signature {
  const family = signatureFamily(value);
  const mark = family === 'unknown' ? '' : proofMark(family);
  return { family, value: mark !== '' && value.startsWith(mark) ? value.slice(mark.length) : value };
}
