import { COUNTED, LAST_LEVEL, type Level, LEVELS, type Roster, type Seat } from './roster.js';

/** What a pick must keep to. */
export interface PickTerms {
  readonly nowMs: number;
  /** Account ids. */
  readonly exclude: ReadonlySet<string>;
  /** By number of the roster's vendors: those that must not be asked now; undefined = all may. */
  readonly shutVendors: readonly boolean[] | undefined;
  /** The last level that is looked at. */
  readonly lastLevel: Level;
}

/** Nobody can be asked. */
export const NOBODY = -1;
/** Of several by priority, one that rests for longer loses its place to its stand-in, whose vendor has the prompts in its cache by then. */
export const LONG_REST_MS = 60_000;

/**
 * The seat whose turn it is, or -1. Hot path: runs through numbers and makes nothing.
 *
 * Equals take turns in proportion to their weights, evenly spread (smooth weighted round-robin: everybody's turn grows by their
 * weight, the highest is picked and pays the sum of all weights); or, when balanced, the least loaded is picked, and of several
 * the least used. By priority, the one that served stays, also where a better one is back from a long rest.
 */
export function pickSeat(roster: Roster, terms: PickTerms): number {
  roster.refresh();
  if (roster.strategy === 'priority' && roster.owner === undefined) return keptSeat(roster, terms);
  const pick = pickerFor(roster, terms);
  for (const level of LEVELS) {
    if (level > terms.lastLevel) break;
    if (roster.firstFreeMs[level] > terms.nowMs) continue;
    const at = pick(roster, terms, level);
    if (at !== NOBODY) return at;
  }
  return NOBODY;
}

/** The seat that served last, unless it cannot. A short rest, or being left out of one request, is no reason to move for good. */
function keptSeat(roster: Roster, terms: PickTerms): number {
  const { kept, slots } = roster;
  if (slots.length === 0) return NOBODY;
  for (const level of LEVELS) {
    if (level > terms.lastLevel) break;
    if (roster.firstFreeMs[level] > terms.nowMs) continue;
    if (isUsable(roster, terms, level, kept)) return kept;
    const at = firstUsable(roster, terms, level, 0, slots.length);
    if (at === NOBODY) continue;
    if ((roster.untilMs[LAST_LEVEL][kept] as number) - terms.nowMs > LONG_REST_MS) roster.kept = at;
    return at;
  }
  return NOBODY;
}

function pickerFor({ strategy, tree }: Roster, { exclude, shutVendors }: PickTerms): typeof leastUsed {
  if (tree === undefined) return strategy === 'balanced' ? leastUsed : nextRound;
  return exclude.size === 0 && shutVendors === undefined ? nextOfTree : leastUsed; // the tree knows nothing of requests
}

/** Whether a seat of a refreshed roster may be asked on a level. */
export function isUsable(roster: Roster, terms: PickTerms, level: Level, at: number): boolean {
  const { inFlight } = roster.ledger;
  if ((roster.untilMs[level][at] as number) > terms.nowMs) return false;
  if ((inFlight[roster.slots[at] as number] as number) >= (roster.limits[at] as number)) return false;
  return mayBeAsked(roster, terms, at);
}

/** Whether neither the request nor the vendor's state speaks against a seat. */
export function mayBeAsked({ seats, vendorNumbers }: Roster, { exclude, shutVendors }: PickTerms, at: number): boolean {
  if (shutVendors?.[vendorNumbers[at] as number] === true) return false;
  return exclude.size === 0 || !exclude.has((seats[at] as Seat).candidate.declaration.account.id);
}

/** The first usable seat of the best equals; of many with one weight the next one round. */
function nextRound(roster: Roster, terms: PickTerms, level: Level): number {
  const first = firstUsable(roster, terms, level, 0, roster.slots.length);
  if (first === NOBODY) return NOBODY;
  const start = roster.starts[first] as number;
  const cursor = roster.cursors[start] as number;
  if (cursor === COUNTED) return nextInTurn(roster, terms, level, first);
  const end = roster.ends[first] as number;
  const next = cursor <= first ? first : firstUsable(roster, terms, level, cursor, end);
  const picked = next === NOBODY ? first : next;
  roster.cursors[start] = picked + 1;
  return picked;
}

/** From one seat up to before another. */
function firstUsable(roster: Roster, terms: PickTerms, level: Level, from: number, to: number): number {
  for (let at = from; at < to; at += 1) if (isUsable(roster, terms, level, at)) return at;
  return NOBODY;
}

/** Goes through the first usable seat and the ones that take turns with it; `isUsable` is written out, which halves the time. */
function nextInTurn(roster: Roster, terms: PickTerms, level: Level, first: number): number {
  const { turns, inFlight } = roster.ledger;
  const { slots, weights, limits } = roster;
  const end = roster.ends[first] as number;
  const untilMs = roster.untilMs[level];
  const { nowMs } = terms;
  const needsLook = terms.exclude.size > 0 || terms.shutVendors !== undefined;
  let next = NOBODY;
  let nextTurn = -Infinity;
  let sum = 0;
  for (let at = first; at < end; at += 1) {
    if ((untilMs[at] as number) > nowMs) continue;
    const slot = slots[at] as number;
    if ((inFlight[slot] as number) >= (limits[at] as number)) continue;
    if (needsLook && !mayBeAsked(roster, terms, at)) continue;
    const weight = weights[at] as number;
    const turn = (turns[slot] as number) + weight;
    turns[slot] = turn;
    sum += weight;
    if (turn > nextTurn) {
      next = at;
      nextTurn = turn;
    }
  }
  turns[slots[next] as number] = nextTurn - sum; // the first one was usable, so there is a next
  return next;
}

/** Of very many: the one that {@link leastUsed} would find. */
function nextOfTree(roster: Roster, { nowMs }: PickTerms, level: Level): number {
  const { tree, slots, weights, ledger, leastWeight } = roster;
  const at = tree?.best(nowMs, level) ?? NOBODY;
  if (at === NOBODY) return NOBODY;
  const slot = slots[at] as number;
  const uses = Math.max(ledger.uses[slot] as number, roster.mostUses - 1 / leastWeight) + 1 / (weights[at] as number);
  ledger.uses[slot] = uses;
  if (uses > roster.mostUses) roster.mostUses = uses;
  return at;
}

/**
 * An account that comes back after a rest, or is new, has been used less than all others: it is brought up to within one use of
 * them, so that it gets its share and not all it missed. Written out as `nextInTurn` is.
 */
function leastUsed(roster: Roster, terms: PickTerms, level: Level): number {
  const { uses, inFlight } = roster.ledger;
  const { slots, weights, limits, ends } = roster;
  const untilMs = roster.untilMs[level];
  const { nowMs } = terms;
  const needsLook = terms.exclude.size > 0 || terms.shutVendors !== undefined;
  let least = NOBODY;
  let leastLoad = Infinity;
  let leastUses = Infinity;
  let mostUses = 0;
  let smallestWeight = Infinity;
  const regardsLoad = roster.strategy === 'balanced';
  for (let at = 0, end = slots.length; at < end; at += 1) {
    if ((untilMs[at] as number) > nowMs) continue;
    const slot = slots[at] as number;
    const running = inFlight[slot] as number;
    if (running >= (limits[at] as number)) continue;
    if (needsLook && !mayBeAsked(roster, terms, at)) continue;
    if (least === NOBODY) end = ends[at] as number;
    const weight = weights[at] as number;
    const load = running === 0 || !regardsLoad ? 0 : running / weight;
    const used = uses[slot] as number;
    if (used > mostUses) mostUses = used;
    if (weight < smallestWeight) smallestWeight = weight;
    if (load < leastLoad || (load === leastLoad && used < leastUses)) {
      least = at;
      leastLoad = load;
      leastUses = used;
    }
  }
  if (least !== NOBODY) {
    uses[slots[least] as number] = Math.max(leastUses, mostUses - 1 / smallestWeight) + 1 / (weights[least] as number);
  }
  return least;
}
