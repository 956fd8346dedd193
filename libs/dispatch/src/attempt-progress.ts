import type { GatewayError, WireHeaders } from '@sluice/core';
import type { Target } from '@sluice/routing';
import type { WireCall } from '@sluice/translator-kit';
import type { Exchange } from './exchange.js';
import { nothingLeft, type NothingLeased } from './nothing-left.js';

/** Why the loop gave up: what the client is told, and the vendor's headers that belong to it. */
export interface GaveUp {
  readonly error: GatewayError;
  readonly headers: WireHeaders | undefined;
}

/** How long an account that has failed is left alone by this request. */
export interface AttemptPause {
  /** Milliseconds since the epoch. */
  readonly untilMs: number;
  /** Whether the vendor named the time: then other targets come first too. */
  readonly isWish: boolean;
}

interface PausedAccount extends AttemptPause {
  readonly target: Target;
  readonly accountId: string;
}

const NOBODY: ReadonlySet<string> = new Set();

/** What one request has tried so far. */
export class AttemptProgress {
  #target: Target | undefined;
  #firstRestedMs: number | undefined;
  #renewed: Set<string> | undefined;
  /** Whether the request has waited for a cooldown to end: once is enough. */
  hasWaited = false;
  /** Whether accounts are left alone whose vendors, in passing faults, told other requests when to come back. */
  heedsWishes = false;
  /** The last failure. */
  last: GaveUp | undefined;
  /** Why an account that could be used was not: it speaks nothing that the request can be brought into. */
  untranslatable: GatewayError | undefined;
  /** The best reason why a target had no account left. */
  unavailable: NothingLeased = { none: 'excluded' };
  /** When the first cooling account may be asked again; undefined = none was found cooling. */
  firstBackMs: number | undefined;
  // few entries, and none of most kinds in a request that goes well: lists that are counted, and sets made when needed
  #excludedFrom: Map<Target, Set<string>> | undefined;
  #failedVendors: Set<string> | undefined;
  #spared: { readonly target: Target | undefined; readonly accountId: string }[] | undefined;
  #hasBroughtBack = false;
  #left: Set<Target> | undefined;
  #paused: readonly PausedAccount[] | undefined;
  readonly #triedAccounts: string[] = [];
  readonly #calledProviders: string[] = [];

  constructor(
    readonly exchange: Exchange,
    readonly call: WireCall,
  ) {}

  /**
   * Turns to a target, for the first time or again: what it excluded stays excluded.
   * @returns whether it may be asked
   */
  enter(target: Target): boolean {
    this.#target = target;
    return this.#left?.has(target) !== true;
  }

  /** A failure has said that no account of the present target can serve the request. */
  leaveTarget(): void {
    if (this.#target !== undefined) (this.#left ??= new Set()).add(this.#target);
  }

  /** Accounts that the present target is not asked for again. */
  get excluded(): ReadonlySet<string> {
    return (this.#target && this.#excludedFrom?.get(this.#target)) ?? NOBODY;
  }

  /** The present target is not asked for this account again. */
  exclude(accountId: string): void {
    if (this.#target === undefined) return;
    const all = (this.#excludedFrom ??= new Map<Target, Set<string>>());
    const accounts = all.get(this.#target) ?? new Set<string>();
    all.set(this.#target, accounts.add(accountId));
  }

  /** As `exclude`, until a pause is over: meanwhile others are asked. */
  pause(accountId: string, { untilMs, isWish }: AttemptPause): void {
    if (this.#target === undefined) return;
    this.exclude(accountId);
    this.#paused = [...(this.#paused ?? []), { target: this.#target, accountId, untilMs, isWish }];
    if (isWish) this.firstBackMs = Math.min(this.firstBackMs ?? Infinity, untilMs);
  }

  /** When the first pause of the present target ends that no vendor wished for; undefined = there is none. */
  get pausedUntilMs(): number | undefined {
    const own = this.#paused?.filter(({ target, isWish }) => target === this.#target && !isWish) ?? [];
    return own.length === 0 ? undefined : Math.min(...own.map(({ untilMs }) => untilMs));
  }

  /** Lets the accounts be asked again whose pauses are over. */
  endPauses(nowMs: number): void {
    if (this.#paused === undefined) return;
    for (const { target, accountId, untilMs } of this.#paused) {
      if (untilMs <= nowMs) this.#excludedFrom?.get(target)?.delete(accountId);
    }
    this.#paused = this.#paused.filter(({ untilMs }) => untilMs > nowMs);
  }

  /** As `exclude`, but it may be brought back when nobody else is left. */
  excludeForNow(accountId: string): void {
    this.exclude(accountId);
    (this.#spared ??= []).push({ target: this.#target, accountId });
  }

  /**
   * Lets the accounts that were only excluded for now be asked again: once is enough.
   * @returns whether there is one
   */
  bringBack(): boolean {
    if (this.#hasBroughtBack || this.#spared === undefined) return false;
    this.#hasBroughtBack = true;
    for (const { target, accountId } of this.#spared) {
      if (target !== undefined) this.#excludedFrom?.get(target)?.delete(accountId);
    }
    return true;
  }

  /** Counts the use of an account, also one that ends before a call is sent. */
  countTry(accountId: string): void {
    this.#triedAccounts.push(accountId);
  }

  triesOf(accountId: string): number {
    return countOf(this.#triedAccounts, accountId);
  }

  /** Whether an account's login may be renewed for this request: once is enough. */
  mayRenew(accountId: string): boolean {
    if (this.#renewed?.has(accountId) === true) return false;
    (this.#renewed ??= new Set()).add(accountId);
    return true;
  }

  /** Hosts of vendors that have failed for this request; undefined = none has. */
  get failedVendors(): ReadonlySet<string> | undefined {
    return this.#failedVendors;
  }

  /** A vendor's host has failed, whichever account it was asked through. @param name undefined = nobody counts its failures */
  noteFailedVendor(name: string | undefined): void {
    if (name !== undefined) (this.#failedVendors ??= new Set()).add(name);
  }

  get hasTried(): boolean {
    return this.#triedAccounts.length > 0;
  }

  /** Counts a call that is about to be sent. What an earlier call reported does not belong to this one. */
  countCall(providerId: string): void {
    this.exchange.beginCall();
    this.#calledProviders.push(providerId);
  }

  callsTo(providerId: string): number {
    return countOf(this.#calledProviders, providerId);
  }

  /** Remembers why a target has no account: one that is busy is free soonest, then the cooldown that ends first. */
  noteUnavailable(why: NothingLeased): void {
    if (why.none === 'busy') this.unavailable = why;
    if (why.none !== 'cooling' || why.earliestMs >= (this.firstBackMs ?? Infinity)) return;
    this.firstBackMs = why.earliestMs;
    if (this.unavailable.none !== 'busy') this.unavailable = why;
  }

  /** Remembers when an account that has just failed is asked again: not by this request. */
  noteRest(untilMs: number): void {
    this.#firstRestedMs = Math.min(this.#firstRestedMs ?? Infinity, untilMs);
  }

  /** A vendor that throttles without saying for how long: the client comes back when the first account does. */
  #withComeBack(last: GaveUp, nowMs: number): GaveUp {
    const { error, headers } = last;
    const backMs = Math.min(this.firstBackMs ?? Infinity, this.#firstRestedMs ?? Infinity);
    if (!isThrottling(error) || error.retryAfterMs !== undefined || backMs === Infinity) return last;
    return { error: error.withRetryAfter(Math.max(0, backMs - nowMs)), headers };
  }

  /** What the client is told when nobody has answered. */
  gaveUp(nowMs: number): GaveUp {
    if (this.last !== undefined) return this.#withComeBack(this.last, nowMs);
    const { unavailable, untranslatable, exchange } = this;
    const isNobodyLeft = unavailable.none === 'excluded' && untranslatable !== undefined;
    const error = isNobodyLeft ? untranslatable : nothingLeft(exchange.facts?.model ?? '', unavailable, nowMs);
    return { error, headers: undefined };
  }
}

function isThrottling({ kind }: GatewayError): boolean {
  return kind === 'upstream_rate_limited' || kind === 'upstream_overloaded';
}

function countOf(list: readonly string[], item: string): number {
  let count = 0;
  for (const entry of list) if (entry === item) count += 1;
  return count;
}
