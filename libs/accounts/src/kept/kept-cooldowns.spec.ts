import { SilentLogger } from '@sluice/core';
import { FakeClock } from '@sluice/testing';
import { candidatesOf, NONE } from '../__fixtures__/ask-pool.js';
import { declareAccount } from '../__fixtures__/declare-account.js';
import { fail, OVERLOADED, REFUSED } from '../__fixtures__/upstream-failures.js';
import { AccountPool } from '../account-pool.js';
import { CooldownStore } from './cooldown-store.js';
import type { KeptCooldown } from './kept-cooldown.js';
import { KeptCooldowns } from './kept-cooldowns.js';

const HOUR_MS = 3_600_000;
const QUOTA = fail('upstream_quota_exhausted', 'account', HOUR_MS);
const A = declareAccount('a');
const B = declareAccount('b');

class ScriptedStore extends CooldownStore {
  readonly saves: (readonly KeptCooldown[])[] = [];
  isBroken = false;
  kept: readonly KeptCooldown[] = [];

  override load(): Promise<readonly KeptCooldown[]> {
    return this.isBroken ? Promise.reject(new Error('broken')) : Promise.resolve(this.kept);
  }

  override save(cooldowns: readonly KeptCooldown[]): Promise<void> {
    if (this.isBroken) return Promise.reject(new Error('broken'));
    this.saves.push(cooldowns);
    this.kept = cooldowns;
    return Promise.resolve();
  }
}

class CollectingLogger extends SilentLogger {
  readonly warnings: string[] = [];
  readonly infos: string[] = [];

  override warn(message = ''): void {
    this.warnings.push(message);
  }

  override info(message = ''): void {
    this.infos.push(message);
  }
}

/** A process: what it has in memory is gone with it, the store and the time are not. */
function startProcess(store: ScriptedStore, clock: FakeClock) {
  const pool = new AccountPool();
  const logger = new CollectingLogger();
  let look = (): void => {};
  const timers = { everyMs: 0, hasEnded: false };
  const kept = new KeptCooldowns(pool, clock, logger, (ms, call) => {
    timers.everyMs = ms;
    look = call;
    return () => void (timers.hasEnded = true);
  });
  return {
    kept,
    logger,
    pool,
    timers,
    /** The timer goes off, and what it begins ends. */
    tick: async () => {
      look();
      await kept.saveChanges();
    },
    fails: (declaration = A, failure = QUOTA, model = 'm1') => {
      const candidates = candidatesOf([declaration], model);
      const { lease } = pool.lease({ candidates, exclude: NONE, nowMs: clock.now() });
      lease?.release({ type: 'failure', failure, nowMs: clock.now() });
    },
    standing: (declaration = A, model = 'm1') =>
      pool.standingOf({ declaration, model }, { exclude: NONE, nowMs: clock.now() }),
  };
}

describe('KeptCooldowns', () => {
  let clock: FakeClock;
  let store: ScriptedStore;
  beforeEach(() => {
    clock = new FakeClock();
    store = new ScriptedStore();
  });

  /** Starts, and knows these accounts. */
  async function start(accounts = [A, B]) {
    const process = startProcess(store, clock);
    await process.kept.keepIn(store);
    process.pool.retainOnly(accounts);
    return process;
  }

  describe('over a restart', () => {
    it('leaves the account alone until the same time, for the same reason', async () => {
      const first = await start();
      first.fails();
      const untilMs = clock.now() + HOUR_MS;
      await first.kept.onApplicationShutdown();
      clock.advance(60_000);

      const second = await start();

      expect(second.standing()).toEqual({
        type: 'cooling',
        untilMs,
        kind: 'upstream_quota_exhausted',
        message: 'upstream_quota_exhausted',
      });
      expect(second.standing(B)).toEqual({ type: 'usable' });
    });

    it('keeps the rest of one model to this model', async () => {
      const first = await start();
      first.fails(A, fail('upstream_rate_limited', 'model', HOUR_MS), 'm2');
      await first.kept.onApplicationShutdown();

      const second = await start();

      expect([second.standing(A, 'm2').type, second.standing(A, 'm1').type]).toEqual(['cooling', 'usable']);
    });

    it.each([
      [
        'of one model',
        {
          'x-ratelimit-limit-requests': '100',
          'x-ratelimit-remaining-requests': '2',
          'x-ratelimit-reset-requests': '10m',
        },
        'usable',
      ],
      [
        'of the whole account',
        {
          'anthropic-ratelimit-unified-status': 'allowed_warning',
          'anthropic-ratelimit-unified-5h-status': 'allowed_warning',
          'anthropic-ratelimit-unified-5h-reset': '600',
        },
        'low',
      ],
    ])('still spares a limit %s that runs low', async (_whose, headers, others) => {
      clock.set(0);
      const first = await start();
      const { lease } = first.pool.lease({ candidates: candidatesOf([A, B]), exclude: NONE, nowMs: clock.now() });
      lease?.hear(headers);
      lease?.release({ type: 'success', nowMs: clock.now() });
      await first.kept.onApplicationShutdown();

      const second = await start();

      expect(second.standing()).toEqual({ type: 'low', untilMs: 600_000 });
      expect(second.standing(A, 'm2').type).toBe(others);
    });

    it('goes on doubling where a vendor that throttles names no time', async () => {
      const first = await start();
      for (let times = 0; times < 5; times += 1) {
        first.fails(A, fail('upstream_rate_limited', 'account'));
        const standing = first.standing();
        clock.set('untilMs' in standing ? standing.untilMs : 0);
      }
      first.fails(A, fail('upstream_rate_limited', 'account')); // 32 s
      await first.kept.onApplicationShutdown();
      const second = await start();
      clock.advance(32_000);
      expect(second.standing().type).toBe('usable');

      second.fails(A, fail('upstream_rate_limited', 'account'));

      expect(second.standing()).toMatchObject({ type: 'cooling', untilMs: clock.now() + 64_000 });
    });

    it('forgets what has ended meanwhile', async () => {
      const first = await start();
      first.fails();
      await first.kept.onApplicationShutdown();
      clock.advance(HOUR_MS);

      expect((await start()).standing()).toEqual({ type: 'usable' });
    });

    it('lets no account rest longer than the longest rest, though the clock was wrong', async () => {
      const first = await start();
      first.fails();
      await first.kept.onApplicationShutdown();
      clock.set(clock.now() - 365 * 24 * HOUR_MS);

      expect((await start()).standing()).toMatchObject({ type: 'cooling', untilMs: clock.now() + 7 * 24 * HOUR_MS });
    });

    it.each([
      ['with another credential', declareAccount('a', { credential: { kind: 'api-key', secret: 'another' } })],
      ['whose cooldowns are switched off', declareAccount('a', { cooldownEnabled: false })],
    ])('begins afresh with an account %s', async (_what, declaration) => {
      const first = await start();
      first.fails();
      await first.kept.onApplicationShutdown();

      const second = await start([declaration]);
      await second.tick();

      expect(second.standing(declaration)).toEqual({ type: 'usable' });
      expect(store.kept).toEqual([]);
    });

    it('forgets what somebody has forgiven', async () => {
      const first = await start();
      first.fails();
      await first.kept.onApplicationShutdown();
      const second = await start();

      second.pool.forgive(A);
      await second.tick();

      expect(second.standing()).toEqual({ type: 'usable' });
      expect(store.kept).toEqual([]);
    });
  });

  describe('what is kept', () => {
    it('is neither secret nor the credential', async () => {
      const first = await start();
      first.fails();

      await first.tick();

      expect(JSON.stringify(store.saves)).toContain('"a ');
      expect(JSON.stringify(store.saves)).not.toContain('secret of a');
    });

    it.each([
      ['a passing fault', OVERLOADED],
      ['a refused credential: the restart may follow a login', REFUSED],
      ['a rest that ends within ten seconds', fail('upstream_rate_limited', 'account', 10_000)],
    ])('is not %s', async (_what, failure) => {
      const first = await start();
      first.fails(A, failure);

      await first.tick();

      expect(store.saves).toEqual([]);
    });

    it('is for how long the vendor has locked the account', async () => {
      const first = await start();
      first.fails(A, fail('upstream_auth_failed', 'account', HOUR_MS));

      await first.tick();

      expect(store.kept).toMatchObject([{ type: 'rest', kind: 'upstream_auth_failed', isTold: true }]);
    });

    it('is what ends last where there is too much', async () => {
      const accounts = Array.from({ length: 5_000 }, (_item, number) => declareAccount(`account-${number}`));
      const first = await start(accounts);
      for (const [number, account] of accounts.entries()) {
        first.fails(account, fail('upstream_quota_exhausted', 'account', HOUR_MS + number));
      }

      await first.tick();

      expect(store.kept[0]?.untilMs).toBe(clock.now() + HOUR_MS + 4_999);
      expect(store.kept.length).toBeLessThan(5_000);
      expect(Buffer.byteLength(JSON.stringify(store.kept))).toBeLessThan(1024 * 1024);
      expect(first.logger.warnings).toEqual([expect.stringContaining('more cooldowns than are kept')]);
    });
  });

  describe('a process that is killed', () => {
    it('has kept what it learnt two seconds before', async () => {
      const first = await start();
      first.fails();
      expect(first.timers.everyMs).toBe(2_000);
      await first.tick();

      expect((await start()).standing().type).toBe('cooling');
    });
  });

  describe('while it runs', () => {
    it('saves nothing where nothing has changed', async () => {
      const first = await start();
      first.fails();
      await first.tick();

      await first.tick();
      first.fails(B, OVERLOADED);
      await first.tick();

      expect(store.saves).toHaveLength(1);
    });

    it('looks no more when the process ends', async () => {
      const first = await start();

      await first.kept.onApplicationShutdown();

      expect(first.timers.hasEnded).toBe(true);
      expect(store.saves).toEqual([]);
    });
  });

  describe('a store that fails', () => {
    it('is said once, and tried again until it works', async () => {
      const first = await start();
      store.isBroken = true;
      first.fails();
      await first.tick();
      await first.tick();
      expect(first.logger.warnings).toEqual([expect.stringContaining('could not be kept')]);
      expect(first.standing().type).toBe('cooling');

      store.isBroken = false;
      await first.tick();

      expect(store.saves).toHaveLength(1);
      expect(first.logger.infos).toHaveLength(1);
    });

    it('whose content cannot be read is said, and replaced', async () => {
      store.isBroken = true;
      const first = await start();
      expect(first.logger.warnings).toEqual([expect.stringContaining('could not be taken over')]);

      store.isBroken = false;
      await first.tick();

      expect(store.saves).toEqual([[]]);
    });
  });

  it('keeps nothing where there is no store', async () => {
    const { kept, fails, logger } = startProcess(store, clock);
    fails();

    await kept.saveChanges();
    await kept.onApplicationShutdown();

    expect(store.saves).toEqual([]);
    expect(logger.warnings).toEqual([]);
  });
});
