import { FAMILIES, type VendorFormat } from '../vendors.js';
import type { AskedTurn } from './asked-turns.js';

/** What each vendor's fixture signs its reasoning with. */
export const PROOFS: Readonly<Record<Exclude<VendorFormat, 'openai-chat'>, string>> = {
  'openai-responses': 'gAAAAABsignedByOpenAi==',
  'anthropic-messages': 'Ei4KGQgLGAIqE3NpZ25lZCBieSBhbnRocm9waWMSEW5vbmNlLW9mLXRoZS10ZXN0',
  gemini: 'ChBzaWduZWQgYnkgZ2VtaW5p',
  kiro: 'EikKFAgLGAIqDnNpZ25lZCBieSBraXJvEhFub25jZS1vZi10aGUtdGVzdA==',
  'bedrock-converse': 'EiwKFwgLGAIqEXNpZ25lZCBieSBiZWRyb2NrEhFub25jZS1vZi10aGUtdGVzdA==',
};

/** What a vendor would refuse about the turns of a request; nothing = it would answer. */
export function wrongWithTurns(turns: readonly AskedTurn[]): readonly string[] {
  const roles = turns.map(({ role }) => role);
  return [
    ...(roles[0] === 'user' && roles.at(-1) === 'user' ? [] : [`begins and ends with ${roles[0]} and ${roles.at(-1)}`]),
    ...turns.flatMap(({ role }, index) => (role === roles[index - 1] ? [`${role} speaks twice at ${index}`] : [])),
    ...turns.flatMap(({ calls }, index) => unpaired(calls, turns[index + 1]?.results ?? [], index)),
    ...turns.flatMap(({ results }, index) => unpaired(turns[index - 1]?.calls ?? [], results, index)),
  ];
}

/** Whose proofs stand in a request to a vendor whose models did not make them. */
export function foreignProofs(upstream: VendorFormat, body: Buffer): readonly VendorFormat[] {
  const family = FAMILIES[upstream];
  const signers = Object.keys(PROOFS) as (keyof typeof PROOFS)[]; // the table's own
  return signers
    .filter((signer) => family === undefined || FAMILIES[signer] !== family)
    .filter((signer) => body.includes(PROOFS[signer]));
}

/** Every call has its one result, in the turn after it, and every result its call in the turn before. */
function unpaired(calls: readonly string[], results: readonly string[], index: number): readonly string[] {
  const isPaired = [...calls].sort().join() === [...results].sort().join();
  return isPaired ? [] : [`calls ${calls.join()} and results ${results.join()} at ${index}`];
}
