import { type Goal } from './goals.js';
import { type Samples } from './samples.js';
import { median } from './statistics.js';

export interface Verdict {
  readonly goal: Goal;
  readonly outcome: 'wanted' | 'must' | 'missed' | 'not measured';
  /** Ratio or absolute figure: the median over the rounds. */
  readonly value?: number;
  readonly lowest?: number;
  readonly highest?: number;
  /** Why it was not measured. */
  readonly reason?: string;
}

/** Judges one goal: a value per round (so that drift between rounds cancels out), then the median of these. */
export function judge(goal: Goal, samples: Samples, skipped: ReadonlyMap<string, string>): Verdict {
  const values = valuesByRound(goal, samples);
  if (values.length === 0) return { goal, outcome: 'not measured', reason: reasonFor(goal, skipped) };
  const value = median(values);
  return {
    goal,
    outcome: meets(goal, value, goal.wanted) ? 'wanted' : meets(goal, value, goal.must) ? 'must' : 'missed',
    value,
    lowest: Math.min(...values),
    highest: Math.max(...values),
  };
}

/** Key of a target that a phase had to leave out, with the reason as value. */
export function skipKey(phase: string, target: string): string {
  return `${phase} ${target}`;
}

function valuesByRound({ phase, metric, subject, against, addedTo }: Goal, samples: Samples): number[] {
  const roundsOf = (target: string): ReadonlyMap<number, number> => samples.rounds({ phase, target, metric });
  const base = addedTo === undefined ? undefined : roundsOf(addedTo);
  const values: number[] = [];
  for (const [round, figure] of roundsOf(subject)) {
    const offset = base === undefined ? 0 : base.get(round);
    const reference = against === undefined ? undefined : roundsOf(against).get(round);
    if (offset === undefined) continue;
    if (against === undefined) values.push(figure - offset);
    else if (reference !== undefined) values.push((figure - offset) / (reference - offset));
  }
  return values.filter(Number.isFinite);
}

function meets({ direction }: Goal, value: number, limit: number): boolean {
  return direction === 'at-most' ? value <= limit : value >= limit;
}

function reasonFor({ phase, subject, against, addedTo }: Goal, skipped: ReadonlyMap<string, string>): string {
  for (const target of [subject, against, addedTo]) {
    const reason = target === undefined ? undefined : skipped.get(skipKey(phase, target));
    if (reason !== undefined) return `${target}: ${reason}`;
  }
  return 'left out';
}
