import { parseArgs } from 'node:util';
import { CAMPAIGNS, type CampaignId } from './cells/cell.js';

export interface FuzzOptions {
  readonly iterations: number;
  readonly seed: number;
  /** The first iteration. */
  readonly from: number;
  readonly only?: CampaignId;
  /** A reproduction to run instead. */
  readonly replay?: string;
  /** Where reproductions go. */
  readonly out: string;
}

const DEFAULT_ITERATIONS = 1_000_000;
const MAX_ITERATIONS = 1_000_000_000;
const MAX_SEED = 2 ** 32 - 1;
const DEFAULT_OUT = '.sluice/fuzz';

export const USAGE = `npm run fuzz -- [options]
  --iterations N   mutated inputs (default ${DEFAULT_ITERATIONS})
  --seed S         0 to ${MAX_SEED} (default: a new one, which is printed)
  --from I         begin with this iteration of the seed (default 0)
  --only NAME      one of ${CAMPAIGNS.join(', ')} (default: all)
  --out FOLDER     where reproductions are written (default ${DEFAULT_OUT})
  --replay FILE    run one reproduction and show what it does`;

/**
 * @param newSeed the seed when none is given
 * @throws Error that names the wrong option
 */
export function parseFuzzOptions(args: readonly string[], newSeed: number): FuzzOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      iterations: { type: 'string' },
      seed: { type: 'string' },
      from: { type: 'string' },
      only: { type: 'string' },
      out: { type: 'string', default: DEFAULT_OUT },
      replay: { type: 'string' },
    },
  });
  const only = CAMPAIGNS.find((campaign) => campaign === values.only);
  if (values.only !== undefined && only === undefined) {
    throw new Error(`--only: one of ${CAMPAIGNS.join(', ')}, not "${values.only}"`);
  }
  const from = wholeNumber('--from', values.from, { fallback: 0, max: MAX_ITERATIONS });
  return {
    iterations: wholeNumber('--iterations', values.iterations, { fallback: DEFAULT_ITERATIONS, max: MAX_ITERATIONS }),
    seed: wholeNumber('--seed', values.seed, { fallback: newSeed, max: MAX_SEED }),
    from,
    out: values.out,
    ...(only === undefined ? {} : { only }),
    ...(values.replay === undefined ? {} : { replay: values.replay }),
  };
}

function wholeNumber(
  option: string,
  text: string | undefined,
  { fallback, max }: { readonly fallback: number; readonly max: number },
): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= max) return value;
  throw new Error(`${option}: a whole number from 0 to ${max}, not "${text}"`);
}
