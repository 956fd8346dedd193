import type { AccountDeclaration } from '@sluice/config';
import type { GatewayErrorKind } from '@sluice/core';
import { conditionOf, type CandidateCondition } from '../candidate-condition.js';
import type { Cooldown } from '../cooldown-book.js';
import type { CooldownStrength } from '../cooldown-rule.js';
import type { Seat } from '../roster.js';
import { standingOf, type CandidateStanding } from '../standing.js';
import type { VendorProtection } from '../vendor-health.js';

/** Models with a rest or a low limit that are named; the others are only counted. */
export const MAX_NAMED_MODELS = 50;

/** One rest, for people. Times in milliseconds since the epoch. */
export interface ReportedRest {
  readonly strength: CooldownStrength;
  readonly untilMs: number;
  readonly kind: GatewayErrorKind;
  /** What the vendor said. */
  readonly message: string;
}

/** How an account as a whole stands, for whoever may use it. */
export type OverallStanding =
  | Exclude<CandidateStanding, { readonly type: 'retry-budget' | 'excluded' | 'foreign' }>
  | { readonly type: 'disabled' }
  /** Some of its models rest, the first of them until then; the others are asked. */
  | { readonly type: 'models-resting'; readonly untilMs: number };

/** Everything that is known of how an account does now. */
export interface AccountCondition extends CandidateCondition {
  readonly standing: OverallStanding;
  /** Absent = the account as a whole does not rest. */
  readonly rest?: ReportedRest;
  /** How many models rest by themselves. */
  readonly restingModels: number;
  /** Those that rest, the first `MAX_NAMED_MODELS` of them. */
  readonly modelRests: readonly (ReportedRest & { readonly model: string })[];
  /** Models whose limits run low, the first `MAX_NAMED_MODELS` of them. */
  readonly lowModels: readonly { readonly model: string; readonly untilMs: number }[];
}

/** No model of a vendor has this name: what is found for it holds for the account as a whole. */
export const NO_MODEL = '';

/** Reads the condition of an account from a seat of it for {@link NO_MODEL}. */
export function accountConditionOf(seat: Seat, nowMs: number, protection?: VendorProtection): AccountCondition {
  const { state } = seat;
  const { cooldownEnabled } = seat.candidate.declaration;
  const rest = cooldownEnabled ? state.cooldowns.restOfAccount(nowMs) : undefined;
  const rests = cooldownEnabled ? state.cooldowns.restsOfModels(nowMs) : NO_RESTS;
  return {
    ...conditionOf(seat, nowMs),
    standing: overallStanding(seat, rests, { nowMs, protection }),
    ...(rest !== undefined && { rest: report(rest) }),
    restingModels: rests.size,
    modelRests: firstOf(rests).map(([model, cooldown]) => ({ model, ...report(cooldown) })),
    lowModels: firstOf(state.lowLimits.models(nowMs)).map(([model, untilMs]) => ({ model, untilMs })),
  };
}

const NO_RESTS: ReadonlyMap<string, Cooldown> = new Map();

interface Moment {
  readonly nowMs: number;
  readonly protection: VendorProtection | undefined;
}

function overallStanding(seat: Seat, rests: ReadonlyMap<string, Cooldown>, moment: Moment): OverallStanding {
  const { declaration } = seat.candidate;
  if (!declaration.enabled) return { type: 'disabled' };
  const owner = declaration.owner === undefined ? undefined : { id: declaration.owner, providerOrder: [] };
  const standing = standingOf(seat, { ...moment, exclude: new Set(), owner });
  switch (standing.type) {
    case 'usable':
    case 'low':
    case 'soft':
      return rests.size === 0 ? standing : (wholeRest(declaration, rests) ?? partlyResting(rests));
    case 'cooling':
    case 'busy':
    case 'open-circuit':
      return standing;
    case 'retry-budget':
    case 'excluded':
    case 'foreign':
      throw new TypeError(`an account for its owner's first request cannot be "${standing.type}"`);
    default:
      return unknownStanding(standing);
  }
}

/** An account that is declared for some models by name, and all of them rest: the one that is back first decides. */
function wholeRest({ models }: AccountDeclaration, rests: ReadonlyMap<string, Cooldown>): OverallStanding | undefined {
  const found = (models ?? []).map((model) => rests.get(model));
  const known = found.filter((rest) => rest !== undefined);
  const [first] = known.toSorted((one, other) => orderOf(one) - orderOf(other) || one.untilMs - other.untilMs);
  if (first === undefined || known.length < found.length) return undefined;
  const { strength, untilMs, kind, message } = report(first);
  return { type: strength === 'hard' ? 'cooling' : 'soft', untilMs, kind, message };
}

/** Zero for those that are asked all the same. */
function orderOf({ strength }: Cooldown): number {
  return strength === 'soft' ? 0 : 1;
}

function partlyResting(rests: ReadonlyMap<string, Cooldown>): OverallStanding {
  return { type: 'models-resting', untilMs: Math.min(...[...rests.values()].map(({ untilMs }) => untilMs)) };
}

function report({ strength, untilMs, cause }: Cooldown): ReportedRest {
  return { strength, untilMs, kind: cause.kind, message: cause.message };
}

function firstOf<Value>(entries: ReadonlyMap<string, Value>): readonly (readonly [string, Value])[] {
  return [...entries].slice(0, MAX_NAMED_MODELS);
}

function unknownStanding(standing: never): never {
  throw new TypeError(`unknown standing ${JSON.stringify(standing)}`);
}
