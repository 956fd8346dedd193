import { FAULTS, type FaultName } from './soak-faults.js';

const CLIENTS = ['openai-chat', 'anthropic-messages'] as const;
const KINDS = ['text', 'text', 'call', 'call-result', 'thinking'] as const;

/** Numbers in [0, 1). */
type RandomSource = () => number;

/** One request of the soak, and what is to become of it. */
export interface SoakCase {
  /** In its prompt and in its answer, so that no answer can be somebody else's. */
  readonly marker: string;
  readonly client: (typeof CLIENTS)[number];
  readonly kind: (typeof KINDS)[number];
  readonly isStream: boolean;
  /** What befalls its calls to accounts that are well, first call first. What comes behind them is answered. */
  readonly faults: readonly FaultName[];
  readonly ending: SoakEnding;
}

/** `answered`; `refused` with the request at fault; `broken` behind a first part. */
export type SoakEnding = 'answered' | 'refused' | 'broken';

/** More faults of one request would leave it without accounts, which is another test. */
const MAX_PASSING_FAULTS = 2;
const FAULTY_SHARE = 0.5;
const LAST_FAULT_SHARE = 0.15;

const PASSING = namesOf('passes');
const REFUSING = namesOf('refuses');
const BREAKING = namesOf('breaks');

/** So many cases, mixed. The same random numbers make the same cases. */
export function soakCases(count: number, random: RandomSource): readonly SoakCase[] {
  return Array.from({ length: count }, (_item, index) => soakCase(`case-${index}-end`, random));
}

function soakCase(marker: string, random: RandomSource): SoakCase {
  const client = pick(CLIENTS, random);
  const kind = pick(KINDS, random);
  const isStream = random() < 0.5;
  const passing = passingFaults(random);
  const dice = random();
  const name = pick(BREAKING, random);
  if (dice < LAST_FAULT_SHARE) {
    return { marker, client, kind, isStream, faults: [...passing, pick(REFUSING, random)], ending: 'refused' };
  }
  // only what was begun can break: calls are held until they are whole, and so is an answer that is not streamed
  if (dice < 2 * LAST_FAULT_SHARE && kind === 'text') {
    return { marker, client, kind, isStream, faults: [name], ending: isStream ? 'broken' : 'answered' };
  }
  return { marker, client, kind, isStream, faults: passing, ending: 'answered' };
}

function passingFaults(random: RandomSource): readonly FaultName[] {
  const count = random() < FAULTY_SHARE ? 1 + Math.floor(random() * MAX_PASSING_FAULTS) : 0;
  return Array.from({ length: count }, () => pick(PASSING, random));
}

function namesOf(effect: 'passes' | 'refuses' | 'breaks'): readonly FaultName[] {
  const names = Object.keys(FAULTS) as FaultName[]; // the table's own
  return names.filter((name) => FAULTS[name].effect === effect);
}

function pick<Item>(items: readonly Item[], random: RandomSource): Item {
  return items[Math.floor(random() * items.length)] as Item; // a number below the length
}
