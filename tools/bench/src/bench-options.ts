import { parseArgs } from 'node:util';
import { FULL_PACE, QUICK_PACE, type BenchPace } from './bench-pace.js';
import { GOALS } from './goals.js';

export interface BenchOptions {
  readonly pace: BenchPace;
  readonly isQuick: boolean;
  /** The rows to measure; absent = all. */
  readonly only?: readonly string[];
  /** Where the full figures go, as JSON. */
  readonly jsonFile?: string;
  /** Whether a missed "must" is a failure. */
  readonly isStrict: boolean;
}

const MAX_ROUNDS = 20;

export const USAGE = `npm run bench -- [options]
  --quick         less than a minute, one round: a sanity check
  --only ROW      only this row (may be repeated): ${GOALS.map(({ id }) => id).join(', ')}
  --rounds N      rounds, 1 to ${MAX_ROUNDS} (default ${FULL_PACE.rounds}, quick ${QUICK_PACE.rounds})
  --json FILE     write every figure of every round
  --strict        exit 1 when a "must" is missed`;

/** Throws an Error that names the wrong option. */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true },
      rounds: { type: 'string' },
      json: { type: 'string' },
      strict: { type: 'boolean', default: false },
    },
  });
  const pace = values.quick ? QUICK_PACE : FULL_PACE;
  for (const row of values.only ?? []) {
    if (!GOALS.some(({ id }) => id === row)) throw new Error(`--only: there is no row "${row}"`);
  }
  return {
    pace: values.rounds === undefined ? pace : { ...pace, rounds: parseRounds(values.rounds) },
    isQuick: values.quick,
    isStrict: values.strict,
    ...(values.only === undefined ? {} : { only: values.only }),
    ...(values.json === undefined ? {} : { jsonFile: values.json }),
  };
}

function parseRounds(text: string): number {
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds >= 1 && rounds <= MAX_ROUNDS) return rounds;
  throw new Error(`--rounds: a whole number from 1 to ${MAX_ROUNDS}, not "${text}"`);
}
