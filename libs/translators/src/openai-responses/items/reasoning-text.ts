import type { JsonObject, Signature } from '@sluice/core';
import { objectsMember, proofForClient, proofOfClient } from '@sluice/translator-kit';

/** Between the parts of a summary that become one text. */
export const PART_SEPARATOR = '\n\n';

/** How Anthropic's sealed thinking is carried where only `encrypted_content` can hold it. */
const SEALED_PREFIX = 'claude-redacted-thinking:';

/** The two places where an item keeps what was thought. */
export type ReasoningPlace = 'summary' | 'content';

/** What a reader may see of an item's reasoning: its summary, or the reasoning itself where there is none. */
export function textOfReasoning(item: JsonObject): { readonly place: ReasoningPlace; readonly text: string } {
  const summary = joinedParts(item, 'summary');
  if (summary !== '') return { place: 'summary', text: summary };
  const content = joinedParts(item, 'content');
  return content === '' ? { place: 'summary', text: '' } : { place: 'content', text: content };
}

export interface Proof {
  readonly signature?: Signature;
  readonly redacted?: string;
}

/**
 * What `encrypted_content` holds: another family's proof or sealed thinking that this format only carries, else its vendor's.
 * @param fallback the family of a value that is not recognised
 */
export function readProof(encrypted: string, fallback: Signature['family'], model?: string): Proof {
  if (encrypted === SEALED_PREFIX) return {};
  if (encrypted.startsWith(SEALED_PREFIX)) return { redacted: encrypted.slice(SEALED_PREFIX.length) };
  const { family: recognised, value } = proofOfClient(encrypted);
  const family = recognised === 'unknown' ? fallback : recognised;
  return { signature: { family, value, ...(model !== undefined && { model }) } };
}

/** The same as `encrypted_content`; undefined when there is nothing to prove. */
export function writeProof({ signature, redacted }: Proof): string | undefined {
  if (signature !== undefined) return proofForClient(signature, 'openai');
  return redacted === undefined ? undefined : SEALED_PREFIX + redacted;
}

function joinedParts(item: JsonObject, place: ReasoningPlace): string {
  return objectsMember(item, place)
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join(PART_SEPARATOR);
}
