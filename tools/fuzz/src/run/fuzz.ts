import type { CampaignId, Cell, FuzzInput } from '../cells/cell.js';
import { describeError, signatureOf, type Finding } from '../findings/finding.js';
import { minimise } from '../findings/minimise.js';
import { Random } from '../random.js';

/** Different defects that one run tells apart; with the last of them it stops. */
export const MAX_FINDINGS = 50;

export interface FuzzRun {
  readonly cells: readonly Cell[];
  readonly seed: number;
  readonly iterations: number;
  /** The first iteration; runs from here on are the same as those of a run from 0. */
  readonly from?: number;
  /** Signatures of defects that are written down already. */
  readonly known?: ReadonlySet<string>;
  readonly onIteration?: (iteration: number) => void;
  readonly onFinding?: (finding: Finding) => void;
}

/** Runs the iterations. Each takes its cell and its input from the seed and its own number, and a defect is told once. */
export function fuzz({
  cells,
  seed,
  iterations,
  from = 0,
  known,
  onIteration,
  onFinding,
}: FuzzRun): readonly Finding[] {
  const findings = new Map<string, Finding>();
  for (let iteration = from; iteration < iterations && findings.size < MAX_FINDINGS; iteration += 1) {
    onIteration?.(iteration);
    const { cell, input } = inputOf(cells, seed, iteration);
    const error = faultOf(cell, input);
    if (error === undefined) continue;
    const signature = signatureOf(error);
    const key = `${cell.name} ${signature}`;
    if (findings.has(key) || known?.has(signature) === true) continue;
    const finding = findingOf(cell, input, { error, iteration });
    findings.set(key, finding);
    onFinding?.(finding);
  }
  return [...findings.values()];
}

/** What an iteration tries. */
export function inputOf(cells: readonly Cell[], seed: number, iteration: number): { cell: Cell; input: FuzzInput } {
  const random = new Random(seed, iteration);
  const campaigns = [...new Set(cells.map(({ campaign }) => campaign))];
  const campaign: CampaignId = random.pick(campaigns);
  const cell = random.pick(cells.filter((each) => each.campaign === campaign));
  return { cell, input: cell.make(random) };
}

/** What the check throws; undefined when every rule holds. */
export function faultOf(cell: Cell, input: FuzzInput): unknown {
  try {
    cell.check(input);
    return undefined;
  } catch (error) {
    return error ?? new Error('something empty was thrown');
  }
}

function findingOf(
  cell: Cell,
  input: FuzzInput,
  { error, iteration }: { readonly error: unknown; readonly iteration: number },
): Finding {
  const signature = signatureOf(error);
  const shows = (smaller: FuzzInput): boolean => {
    const again = faultOf(cell, smaller);
    return again !== undefined && signatureOf(again) === signature;
  };
  const smallest = minimise(input, shows, cell.unitsOf);
  const message = describeError(faultOf(cell, smallest) ?? error);
  return { cell: cell.name, iteration, signature, message, input: smallest };
}
