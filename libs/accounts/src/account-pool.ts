import { DEFAULT_ROUTING, type AccountDeclaration } from '@sluice/config';
import { reportedLimits, type ReportedLimit } from '@sluice/provider-kit';
import { AccountLease } from './account-lease.js';
import { AccountLedger } from './account-ledger.js';
import { AccountState, accountStateKey } from './account-state.js';
import type { Candidate } from './candidate.js';
import { conditionOf, type CandidateCondition } from './candidate-condition.js';
import { accountConditionOf, NO_MODEL, type AccountCondition } from './inspection/account-condition.js';
import type { CircuitState } from './circuit-breaker.js';
import { cooldownsToKeep, restoreCooldown, type KeptCooldown } from './kept/kept-cooldown.js';
import type { LeaseRequest } from './lease-request.js';
import type { LeaseResult } from './lease-result.js';
import { isUsable, mayBeAsked, NOBODY, pickSeat, type PickTerms } from './pick-seat.js';
import { LAST_LEVEL, Roster, type Seat } from './roster.js';
import { RosterShelf } from './roster-shelf.js';
import { SessionBindings, type SessionStatistics } from './session-bindings.js';
import { standingOf, type CandidateStanding } from './standing.js';
import { VendorHealth, vendorOf, type VendorProtection } from './vendor-health.js';
import { whyNobody } from './why-nobody.js';

/** A conversation keeps its account also when its limits run low. */
const STICKY_LEVEL = 1;
/** Below it are those who asked to be left alone for a while. */
const HEEDING_LEVEL = 2;
const SHARED_STRATEGY = DEFAULT_ROUTING.strategy;

/** Chooses accounts and remembers how they did. In the memory of this process; everything is synchronous. */
export class AccountPool {
  readonly #states = new Map<string, AccountState>();
  readonly #stateOf = new WeakMap<AccountDeclaration, AccountState>();
  readonly #vendors = new Map<string, VendorHealth>();
  readonly #ledger = new AccountLedger();
  readonly #sessions = new SessionBindings();
  readonly #rosters = new RosterShelf();

  /** How often conversations found their accounts again. */
  get sessions(): SessionStatistics {
    return this.#sessions.statistics;
  }

  /** Leases the best candidate for one call. A hard cooldown is kept to; a soft one only while there is somebody else, or where the vendor named its end and wishes are heeded. */
  lease(request: LeaseRequest): LeaseResult {
    const roster = this.#roster(request);
    const shutVendors = shutVendorsOf(roster, request);
    const { nowMs, exclude, session, heedsWishes = false } = request;
    const lastLevel = heedsWishes ? HEEDING_LEVEL : LAST_LEVEL;
    const terms: PickTerms = { nowMs, exclude, shutVendors, lastLevel };
    if (session !== undefined && roster.seats.length > 1)
      return this.#leaseForSession(request, roster, terms, session.ttlMs);
    const at = pickSeat(roster, terms);
    return at === NOBODY
      ? whyNobody(roster, terms, request.protection)
      : { lease: this.#take(request, roster, at, undefined) };
  }

  /** How a candidate stands now, for whoever asks; nothing changes by it. */
  standingOf(candidate: Candidate, request: Omit<LeaseRequest, 'candidates'>): CandidateStanding {
    return standingOf(this.#seat(candidate), request);
  }

  /** What a candidate's account and its vendor's host are at now; nothing changes by it. */
  conditionOf(candidate: Candidate, nowMs: number): CandidateCondition {
    return conditionOf(this.#seat(candidate), nowMs);
  }

  /** Everything that is known of how an account does; nothing changes by it. `protection`: default: the configuration's defaults. */
  inspect(declaration: AccountDeclaration, nowMs: number, protection?: VendorProtection): AccountCondition {
    return accountConditionOf(this.#seat({ declaration, model: NO_MODEL }), nowMs, protection);
  }

  /** What the vendor's last answer said of an account's limits; undefined = no answer has come yet. */
  limitsOf(
    declaration: AccountDeclaration,
  ): { readonly atMs: number; readonly limits: readonly ReportedLimit[] } | undefined {
    const { lastHeaders, lastHeardAtMs: atMs } = this.#state(declaration);
    return lastHeaders && { atMs, limits: reportedLimits(lastHeaders, atMs) };
  }

  /** The vendors' hosts that accounts have reached, and how each does. */
  circuits(nowMs: number): readonly { readonly vendor: string; readonly state: CircuitState }[] {
    return Array.from(this.#vendors.values(), ({ name, circuit }) => ({ vendor: name, state: circuit.stateAt(nowMs) }));
  }

  /** Forgets how an account did: its rests and low limits. What is under way goes on. */
  forgive(declaration: AccountDeclaration): void {
    const state = this.#states.get(accountStateKey(declaration));
    if (state !== undefined) forget(state);
  }

  /** Changes with every change of any account's rests and low limits, and with others. */
  get revision(): number {
    return this.#ledger.revision;
  }

  /** The rests and low limits of all accounts that are worth keeping over a restart; nothing changes by it. */
  cooldownsToKeep(nowMs: number): readonly KeptCooldown[] {
    return [...this.#states].flatMap(([key, state]) => cooldownsToKeep(key, state, nowMs));
  }

  /** Puts back what was kept, for whoever is declared next: to be called before the first `retainOnly`. */
  restoreCooldowns(kept: readonly KeptCooldown[], nowMs: number): void {
    for (const cooldown of kept) {
      if (cooldown.untilMs <= nowMs) continue;
      const state = this.#stateBehind(cooldown.account);
      restoreCooldown(state, cooldown, nowMs);
      state.touch();
    }
  }

  /** Candidates in the order in which they would be asked, as far as that is fixed; accounts of somebody else are left out. */
  rank(request: LeaseRequest): readonly Candidate[] {
    return this.#roster(request).seats.map(({ candidate }) => candidate);
  }

  /** Drops the state of every account that is no longer declared and not leased. To be called with every new snapshot. */
  retainOnly(declarations: readonly AccountDeclaration[]): void {
    const declared = new Map(declarations.map((declaration) => [accountStateKey(declaration), declaration]));
    for (const [key, state] of this.#states) {
      const declaration = declared.get(key);
      if (declaration?.cooldownEnabled !== true) forget(state); // whoever declares it again, or lets it rest again, starts afresh
      if (declaration !== undefined || state.inFlight > 0) continue;
      state.retire();
      this.#states.delete(key);
    }
    const vendors = new Set(declarations.map(vendorOf));
    for (const name of this.#vendors.keys()) if (!vendors.has(name)) this.#vendors.delete(name);
    this.#rosters.clear(); // they know slots that may be another's from now on
  }

  #leaseForSession(request: LeaseRequest, roster: Roster, terms: PickTerms, ttlMs: number): LeaseResult {
    const { nowMs, session } = request;
    const model = (roster.seats[0] as Seat).candidate.model; // there is more than one
    const key = `${session?.key ?? ''} ${model}`;
    roster.refresh();
    const boundTo = this.#sessions.find(key, nowMs);
    const bound = boundTo === undefined ? undefined : roster.numberOf(boundTo);
    if (boundTo !== undefined && bound !== undefined && isUsable(roster, terms, STICKY_LEVEL, bound)) {
      this.#sessions.keep(key, boundTo, nowMs + ttlMs);
      return { lease: this.#take(request, roster, bound, key) };
    }
    const at = pickSeat(roster, terms);
    if (at === NOBODY) return whyNobody(roster, terms, request.protection);
    const isOverflow = bound !== undefined && isOnlyFull(roster, terms, bound);
    if (!isOverflow)
      this.#sessions.bind(key, (roster.seats[at] as Seat).candidate.declaration.account.id, nowMs + ttlMs);
    return { lease: this.#take(request, roster, at, isOverflow ? undefined : key) };
  }

  #take(request: LeaseRequest, roster: Roster, at: number, session: string | undefined): AccountLease {
    const { candidate, state, vendor } = roster.seats[at] as Seat; // `at` was picked from the seats
    return new AccountLease({
      candidate,
      state,
      vendor,
      leasedAtMs: request.nowMs,
      isRetry: vendor !== undefined && request.failedVendors?.has(vendor.name) === true,
      protection: request.protection ?? DEFAULT_ROUTING,
      session,
      bindings: this.#sessions,
      hasCompany: roster.seats.length > 1,
    });
  }

  #roster({ candidates, strategy = SHARED_STRATEGY, owner }: LeaseRequest): Roster {
    const known = this.#rosters.get(candidates);
    if (known?.fits(strategy, owner) === true) return known;
    const seatOf = (candidate: Candidate): Seat => this.#seat(candidate);
    const fresh = new Roster({ candidates, strategy, owner, ledger: this.#ledger, seatOf });
    this.#rosters.put(candidates, fresh);
    return fresh;
  }

  #seat(candidate: Candidate): Seat {
    const { declaration } = candidate;
    const vendor = declaration.cooldownEnabled ? this.#vendor(declaration) : undefined;
    return { candidate, state: this.#state(declaration), vendor };
  }

  #vendor(declaration: AccountDeclaration): VendorHealth {
    const name = vendorOf(declaration);
    const known = this.#vendors.get(name) ?? new VendorHealth(name, declaration.account.provider);
    this.#vendors.set(name, known);
    return known;
  }

  #state(declaration: AccountDeclaration): AccountState {
    const known = this.#stateOf.get(declaration);
    if (known !== undefined && !known.isRetired) return known;
    const state = this.#stateBehind(accountStateKey(declaration));
    this.#stateOf.set(declaration, state);
    return state;
  }

  #stateBehind(key: string): AccountState {
    const state = this.#states.get(key) ?? new AccountState(this.#ledger);
    this.#states.set(key, state);
    return state;
  }
}

/** Vendors whose circuit is open, or whose calls must not be repeated now. */
function shutVendorsOf(
  { vendors }: Roster,
  { nowMs, failedVendors, protection = DEFAULT_ROUTING }: LeaseRequest,
): readonly boolean[] | undefined {
  const isShut = (vendor: VendorHealth): boolean =>
    vendor.isOpen(protection, nowMs) ||
    (failedVendors?.has(vendor.name) === true && !vendor.retries.admits(protection.retryBudget, nowMs));
  for (const vendor of vendors) if (isShut(vendor)) return vendors.map(isShut);
  return undefined;
}

/** What is under way goes on. */
function forget(state: AccountState): void {
  state.cooldowns.forget();
  state.lowLimits.forget();
  state.touch();
}

/** Whether a seat could be asked if it were not at its limit: its conversations stay with it. */
function isOnlyFull(roster: Roster, terms: PickTerms, at: number): boolean {
  return (roster.untilMs[STICKY_LEVEL][at] as number) <= terms.nowMs && mayBeAsked(roster, terms, at);
}
