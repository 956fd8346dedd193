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

/** What one request has tried so far. */
export class AttemptProgress {
  /** Accounts that the present target is not asked for again. */
  excluded: Set<string> = new Set();
  #renewed: Set<string> | undefined;
  /** Whether the request has waited for a cooldown to end: once is enough. */
  hasWaited = false;
  /** The last failure. */
  last: GaveUp | undefined;
  /** Why an account that could be used was not: it speaks nothing that the request can be brought into. */
  untranslatable: GatewayError | undefined;
  /** The best reason why a target had no account left. */
  unavailable: NothingLeased = { none: 'excluded' };
  /** When the first cooling account may be asked again; undefined = none was found cooling. */
  firstBackMs: number | undefined;
  readonly #excludedFrom = new Map<Target, Set<string>>();
  readonly #triesOfAccount = new Map<string, number>();
  readonly #callsToProvider = new Map<string, number>();

  constructor(
    readonly exchange: Exchange,
    readonly call: WireCall,
  ) {}

  /** Turns to a target, for the first time or again: what it excluded stays excluded. */
  enter(target: Target): void {
    this.excluded = this.#excludedFrom.get(target) ?? new Set();
    this.#excludedFrom.set(target, this.excluded);
  }

  /** Counts the use of an account, also one that ends before a call is sent. */
  countTry(accountId: string): void {
    this.#triesOfAccount.set(accountId, this.triesOf(accountId) + 1);
  }

  triesOf(accountId: string): number {
    return this.#triesOfAccount.get(accountId) ?? 0;
  }

  /** Whether an account's login may be renewed for this request: once is enough. */
  mayRenew(accountId: string): boolean {
    if (this.#renewed?.has(accountId) === true) return false;
    (this.#renewed ??= new Set()).add(accountId);
    return true;
  }

  get hasTried(): boolean {
    return this.#triesOfAccount.size > 0;
  }

  /** Counts a call that is about to be sent. What an earlier call reported does not belong to this one. */
  countCall(providerId: string): void {
    const { exchange } = this;
    exchange.attempts += 1;
    exchange.usage = undefined;
    exchange.finishReason = undefined;
    exchange.upstreamRequestId = undefined;
    exchange.warnings = 0;
    this.#callsToProvider.set(providerId, this.callsTo(providerId) + 1);
  }

  callsTo(providerId: string): number {
    return this.#callsToProvider.get(providerId) ?? 0;
  }

  /** Remembers why a target has no account: one that is busy is free soonest, then the cooldown that ends first. */
  noteUnavailable(why: NothingLeased): void {
    if (why.none === 'busy') this.unavailable = why;
    if (why.none !== 'cooling' || why.earliestMs >= (this.firstBackMs ?? Infinity)) return;
    this.firstBackMs = why.earliestMs;
    if (this.unavailable.none !== 'busy') this.unavailable = why;
  }

  /** What the client is told when nobody has answered. */
  gaveUp(nowMs: number): GaveUp {
    if (this.last !== undefined) return this.last;
    const { unavailable, untranslatable, exchange } = this;
    const isNobodyLeft = unavailable.none === 'excluded' && untranslatable !== undefined;
    const error = isNobodyLeft ? untranslatable : nothingLeft(exchange.facts?.model ?? '', unavailable, nowMs);
    return { error, headers: undefined };
  }
}
