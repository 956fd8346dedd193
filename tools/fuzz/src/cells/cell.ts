import type { Random } from '../random.js';

export const CAMPAIGNS = ['bodies', 'streams', 'frames'] as const;
export type CampaignId = (typeof CAMPAIGNS)[number];

/** One mutated input, with everything that a check needs to do the same again. */
export interface FuzzInput {
  readonly bytes: Buffer;
  /** Lengths of the pieces in which the bytes arrive; what is left is the last one. Empty = in one piece. */
  readonly cuts: readonly number[];
  /** Picks the circumstances: the path, the model, the request that is answered, the status. */
  readonly variant: number;
}

/** One format from one side: makes inputs and holds our code to its rules. */
export interface Cell {
  /** `<campaign>/<kind>/<format>` */
  readonly name: string;
  readonly campaign: CampaignId;
  make(random: Random): FuzzInput;
  /** Cuts an input into units that can be left out, so that a reproduction becomes small. */
  readonly unitsOf?: (bytes: Buffer) => readonly Buffer[];
  /** @throws whatever our code must not do: a FuzzFault for a broken rule, anything else as it was thrown */
  check(input: FuzzInput): void;
}
