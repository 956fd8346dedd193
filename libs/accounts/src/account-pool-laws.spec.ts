import fc from 'fast-check';
import type { AccountDeclaration, SelectionStrategy } from '@sluice/config';
import { ask, candidatesOf, idsOf, NOW_MS, SUCCESS, take } from './__fixtures__/ask-pool.js';
import { declareAccount } from './__fixtures__/declare-account.js';
import { fail } from './__fixtures__/upstream-failures.js';
import type { AccountLease } from './account-lease.js';
import { AccountPool } from './account-pool.js';
import type { LeaseOwner } from './lease-request.js';
import { MAX_COUNTED_EQUALS } from './roster.js';

const STRATEGIES: readonly SelectionStrategy[] = ['round-robin', 'priority', 'fill-first', 'balanced'];
const MODELS = ['m1', 'm2'];
const OWNER: LeaseOwner = { id: 'key:me', providerOrder: [] };
const NO_CIRCUIT = {
  circuitBreaker: { enabled: false, failures: 10, openMs: 30_000 },
  retryBudget: { percent: 20, minPerSecond: 10 },
};

interface Seat {
  readonly owner: 'me' | 'bob' | undefined;
  readonly weight: number;
  readonly priority: number;
  readonly maxConcurrency: number | undefined;
}
type Step =
  | { readonly type: 'lease'; readonly model: number; readonly isMine: boolean; readonly excluded: number }
  | { readonly type: 'succeed'; readonly lease: number }
  | { readonly type: 'throttle'; readonly lease: number; readonly restMs: number; readonly isAccount: boolean }
  | { readonly type: 'pass'; readonly ms: number }
  | { readonly type: 'swap' };

/** @param sharedPercent how many of a hundred are everybody's and of the first priority */
function seatsOf(minLength: number, maxLength: number, sharedPercent: number): fc.Arbitrary<readonly Seat[]> {
  const plain = { owner: undefined, priority: 0 } as const;
  const special = fc.record({
    owner: fc.constantFrom('me' as const, 'bob' as const, undefined),
    priority: fc.integer({ min: 0, max: 1 }),
  });
  const place = fc.oneof(
    { weight: sharedPercent, arbitrary: fc.constant(plain) },
    { weight: 100 - sharedPercent, arbitrary: special },
  );
  const size = fc.record({
    weight: fc.integer({ min: 1, max: 9 }),
    maxConcurrency: fc.constantFrom(undefined, undefined, 1, 3),
  });
  const seat = fc.tuple(place, size).map(([one, other]): Seat => ({ ...one, ...other }));
  return fc.array(seat, { minLength, maxLength });
}
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('lease' as const),
      model: fc.nat({ max: 1 }),
      isMine: fc.boolean(),
      excluded: fc.nat({ max: 200 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('succeed' as const), lease: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('throttle' as const),
      lease: fc.nat(),
      restMs: fc.integer({ min: 1, max: 5_000 }),
      isAccount: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 3_000 }) }) },
  { weight: 1, arbitrary: fc.constant({ type: 'swap' as const }) },
);

interface Held {
  readonly lease: AccountLease;
  readonly id: string;
  readonly model: string;
  readonly sinceMs: number;
}

interface Rest {
  readonly untilMs: number;
  readonly notedAtMs: number;
}

/** What must be true of a pool, kept beside it by other means: names, counts and times only. */
class Witness {
  readonly pool = new AccountPool();
  readonly #strategy: SelectionStrategy;
  readonly #seats: readonly Seat[];
  #declarations: readonly AccountDeclaration[];
  #candidates = new Map<string, ReturnType<typeof candidatesOf>>();
  readonly #held: Held[] = [];
  readonly #running = new Map<string, number>();
  /** By `<account> <model>`, and by `<account>` for all its models. */
  readonly #rests = new Map<string, Rest>();
  #nowMs = NOW_MS;

  constructor(seats: readonly Seat[], strategy: SelectionStrategy) {
    this.#seats = seats;
    this.#strategy = strategy;
    this.#declarations = this.#declare();
  }

  do(step: Step): void {
    switch (step.type) {
      case 'lease':
        return this.#lease(step);
      case 'succeed':
        return this.#release(step.lease, ({ lease, id, model, sinceMs }) => {
          lease.release({ type: 'success', nowMs: this.#nowMs });
          for (const place of [id, `${id} ${model}`]) {
            if ((this.#rests.get(place)?.notedAtMs ?? Infinity) < sinceMs) this.#rests.delete(place);
          }
        });
      case 'throttle':
        return this.#release(step.lease, ({ lease, id, model }) => {
          const failure = fail('upstream_rate_limited', step.isAccount ? 'account' : 'model', step.restMs);
          lease.release({ type: 'failure', failure, nowMs: this.#nowMs });
          const place = step.isAccount ? id : `${id} ${model}`;
          const untilMs = Math.max(this.#rests.get(place)?.untilMs ?? 0, this.#nowMs + step.restMs);
          this.#rests.set(place, { untilMs, notedAtMs: this.#nowMs });
        });
      case 'pass':
        this.#nowMs += step.ms;
        return;
      case 'swap': // the same accounts, declared anew: nothing is forgotten
        this.#declarations = this.#declare();
        this.#candidates = new Map();
        this.pool.retainOnly(this.#declarations);
        return;
    }
  }

  #declare(): readonly AccountDeclaration[] {
    return this.#seats.map(({ owner, weight, priority, maxConcurrency }, at) =>
      declareAccount(`a${at}`, {
        weight,
        priority,
        maxConcurrency,
        ...(owner !== undefined && { owner: `key:${owner}` }),
      }),
    );
  }

  #lease({ model: number, isMine, excluded }: Extract<Step, { type: 'lease' }>): void {
    const model = MODELS[number] ?? '';
    const candidates = this.#candidates.get(model) ?? candidatesOf(this.#declarations, model);
    this.#candidates.set(model, candidates);
    const exclude = new Set(excluded < this.#seats.length ? [`a${excluded}`] : []);
    const owner = isMine ? OWNER : undefined;
    const wish = { nowMs: this.#nowMs, strategy: this.#strategy, exclude, owner, protection: NO_CIRCUIT };
    const usable = this.#seats.flatMap((each, at) =>
      this.#mayBeAsked(each, `a${at}`, model, isMine) && !exclude.has(`a${at}`) ? [`a${at}`] : [],
    );

    const { lease } = ask(this.pool, candidates, wish);

    expect(lease === undefined).toBe(usable.length === 0);
    if (lease === undefined) return;
    const { id } = lease.declaration.account;
    expect(usable).toContain(id);
    if (this.#strategy === 'balanced') this.#expectLeastLoaded(id, usable);
    this.#held.push({ lease, id, model, sinceMs: this.#nowMs });
    this.#running.set(id, this.#inFlight(id) + 1);
  }

  #mayBeAsked({ owner, maxConcurrency = Infinity }: Seat, id: string, model: string, isMine: boolean): boolean {
    if (owner === 'bob' || (owner === 'me' && !isMine)) return false;
    const rests = [id, `${id} ${model}`].map((place) => this.#rests.get(place)?.untilMs ?? 0);
    return Math.max(...rests) <= this.#nowMs && this.#inFlight(id) < maxConcurrency;
  }

  /** Own accounts come first; among the others, and among those, the least loaded. */
  #expectLeastLoaded(id: string, usable: readonly string[]): void {
    const isOwn = (one: string): boolean => this.#seatOf(one).owner !== undefined;
    const loadOf = (one: string): number => this.#inFlight(one) / this.#seatOf(one).weight;
    const first = usable.some(isOwn) ? usable.filter(isOwn) : usable;
    expect(first).toContain(id);
    expect(loadOf(id)).toBe(Math.min(...first.map(loadOf)));
  }

  #seatOf(id: string): Seat {
    return this.#seats[Number(id.slice(1))] as Seat; // the ids are made of numbers
  }

  #inFlight(id: string): number {
    return this.#running.get(id) ?? 0;
  }

  #release(number: number, how: (held: Held) => void): void {
    const [held] = this.#held.splice(number % Math.max(1, this.#held.length), 1);
    if (held === undefined) return;
    this.#running.set(held.id, this.#inFlight(held.id) - 1);
    how(held);
  }
}

/** A few accounts, and more than are looked at one by one. */
const SIZES = [
  ['a few', 1, 6, 50, 120, 60],
  ['very many', MAX_COUNTED_EQUALS + 20, MAX_COUNTED_EQUALS + 40, 95, 400, 12],
] as const;

describe('AccountPool, whatever happens', () => {
  describe.each(SIZES)('with %s accounts', (_size, minLength, maxLength, sharedPercent, steps, runs) => {
    it.each(STRATEGIES)('leases by %s only who may be asked, and somebody while there is one', (strategy) => {
      fc.assert(
        fc.property(
          seatsOf(minLength, maxLength, sharedPercent),
          fc.array(step, { minLength: steps / 2, maxLength: steps, size: 'max' }),
          (seats, taken) => {
            const witness = new Witness(seats, strategy);
            for (const each of taken) witness.do(each);
          },
        ),
        { numRuns: runs, seed: 7 },
      );
    });

    it.each(['round-robin', 'balanced'] as const)('shares by weight: %s', (strategy) => {
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength, maxLength }), (weights) => {
          const candidates = candidatesOf(weights.map((weight, at) => declareAccount(`a${at}`, { weight })));
          const rounds = 10;
          const total = weights.reduce((sum, weight) => sum + weight, 0) * rounds;

          const uses = new Map<string, number>();
          for (const id of idsOf(new AccountPool(), candidates, total, { strategy })) {
            uses.set(id, (uses.get(id) ?? 0) + 1);
          }

          const offBy = weights.map((weight, at) => Math.abs((uses.get(`a${at}`) ?? 0) - weight * rounds));
          expect(Math.max(...offBy)).toBeLessThanOrEqual(strategy === 'balanced' ? Math.min(weights.length, 9) : 2);
        }),
        { numRuns: 20, seed: 7 },
      );
    });
  });

  it('keeps every conversation on one account while nothing fails', () => {
    const sessions = fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 80 }), sessions, (size, asked) => {
        const pool = new AccountPool();
        const candidates = candidatesOf(Array.from({ length: size }, (_, at) => declareAccount(`a${at}`)));
        const accountOf = new Map<number, string>();
        for (const number of asked) {
          const lease = take(pool, candidates, { session: { key: `s${number}`, ttlMs: 60_000 } });
          const { id } = lease.declaration.account;
          expect(accountOf.get(number) ?? id).toBe(id);
          accountOf.set(number, id);
          lease.release(SUCCESS);
        }
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});
