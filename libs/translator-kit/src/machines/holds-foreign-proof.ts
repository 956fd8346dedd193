import type { SignatureFamily } from '@sluice/core';
import { signatureFamily } from './signature-family.js';

const QUOTE = 0x22;
const COLON = 0x3a;
const WHITE_SPACE: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d]);

export interface ProofPlaces {
  /** Names of the members that hold proofs. */
  readonly members: readonly string[];
  /** The vendor's own family. */
  readonly own: SignatureFamily;
  /** Whether the vendor also refuses an empty text there. Default: no. */
  readonly refusesEmpty?: boolean;
}

/**
 * Whether a JSON body holds a proof that another family made: an earlier answer of another vendor left it in the client's history,
 * and a vendor refuses the whole request for it. Proofs of nobody we know are not told from the vendor's own.
 *
 * Hot path: bytes are searched, once for each member, and nothing is parsed. A text that quotes such a member has backslashes
 * before its quotation marks.
 */
export function holdsForeignProof(body: Buffer, { members, own, refusesEmpty = false }: ProofPlaces): boolean {
  return members.some((member) => {
    const name = `"${member}"`;
    for (let at = body.indexOf(name); at !== -1; at = body.indexOf(name, at + name.length)) {
      const proof = textAt(body, at + name.length);
      if (proof === undefined) continue;
      if (proof === '' ? refusesEmpty : isForeign(proof, own)) return true;
    }
    return false;
  });
}

function isForeign(proof: string, own: SignatureFamily): boolean {
  const family = signatureFamily(proof);
  return family !== undefined && family !== own && family !== 'unknown';
}

/** The text that stands behind a member's name; undefined where no text does. */
function textAt(body: Buffer, afterName: number): string | undefined {
  const colon = skipWhiteSpace(body, afterName);
  if (body[colon] !== COLON) return undefined;
  const start = skipWhiteSpace(body, colon + 1);
  if (body[start] !== QUOTE) return undefined;
  const end = body.indexOf(QUOTE, start + 1);
  return end === -1 ? undefined : body.toString('latin1', start + 1, end);
}

function skipWhiteSpace(body: Buffer, from: number): number {
  let at = from;
  while (WHITE_SPACE.has(body[at])) at += 1;
  return at;
}
