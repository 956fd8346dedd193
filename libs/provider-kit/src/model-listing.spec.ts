import { Clock } from '@sluice/core';
import { z } from 'zod';
import type { Account } from './account.js';
import { MAX_LISTED_ACCOUNTS, ModelListing } from './model-listing.js';
import type { ModelInfo, Provider } from './provider.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const credential = { kind: 'none', secret: '' };

class SteppedClock extends Clock {
  nowMs = 1_000_000;
  now(): number {
    return this.nowMs;
  }
}

/** A provider whose answers the test gives one by one. */
class AskedProvider implements Provider {
  readonly descriptor = { id: 'p', displayName: 'P', credentials: [], settings: z.object({}) };
  readonly questions: { answer(...ids: string[]): void; fail(error: unknown): void; signal: AbortSignal }[] = [];
  formats(): readonly string[] {
    return [];
  }
  send(): Promise<never> {
    return Promise.reject(new Error('not sent here'));
  }
  listModels(_account: Account, _credential: unknown, signal: AbortSignal): Promise<readonly ModelInfo[]> {
    return new Promise((resolve, reject) => {
      this.questions.push({ answer: (...ids) => resolve(ids.map((id) => ({ id }))), fail: reject, signal });
    });
  }
}

function account(id = 'a'): Account {
  const timeouts = { connectMs: 1, firstByteMs: 1, idleMs: 1 };
  return { id, provider: 'p', settings: {}, headers: {}, transport: { timeouts } };
}

describe('ModelListing', () => {
  let clock: SteppedClock;
  let provider: AskedProvider;
  let listing: ModelListing;

  beforeEach(() => {
    clock = new SteppedClock();
    provider = new AskedProvider();
    listing = new ModelListing(clock);
  });

  async function learn(...ids: string[]): Promise<void> {
    const asked = listing.list(provider, account(), credential);
    provider.questions.at(-1)?.answer(...ids);
    await asked;
  }

  async function failOnce(error: unknown): Promise<unknown> {
    const asked = listing.list(provider, account(), credential);
    provider.questions.at(-1)?.fail(error);
    return asked.catch((reason: unknown) => reason);
  }

  describe('list', () => {
    it('asks the vendor once an hour', async () => {
      await learn('m1');
      clock.nowMs += HOUR_MS - 1;
      expect(await listing.list(provider, account(), credential)).toEqual({ models: [{ id: 'm1' }], stale: false });
      expect(provider.questions).toHaveLength(1);

      clock.nowMs += 1;
      const asked = listing.list(provider, account(), credential);
      provider.questions[1]?.answer('m2');

      expect(await asked).toEqual({ models: [{ id: 'm2' }], stale: false });
    });

    it('asks once for all who want to know at the same time', async () => {
      const asked = [1, 2, 3].map(() => listing.list(provider, account(), credential));

      provider.questions[0]?.answer('m');

      expect(await Promise.all(asked)).toHaveLength(3);
      expect(provider.questions).toHaveLength(1);
    });

    it('keeps the last good list when the vendor fails, and leaves it alone for five minutes', async () => {
      await learn('m1');
      clock.nowMs += HOUR_MS;

      expect(await failOnce('down')).toEqual({ models: [{ id: 'm1' }], stale: true });
      clock.nowMs += 5 * MINUTE_MS - 1;
      expect(await listing.list(provider, account(), credential)).toEqual({ models: [{ id: 'm1' }], stale: true });
      expect(provider.questions).toHaveLength(2);

      clock.nowMs += 1;
      await learn('m2');
      expect(await listing.list(provider, account(), credential)).toEqual({ models: [{ id: 'm2' }], stale: false });
    });

    it('fails while nothing is known, without asking again at once', async () => {
      expect(await failOnce('down')).toBe('down');

      await expect(listing.list(provider, account(), credential)).rejects.toBe('down');
      expect(provider.questions).toHaveLength(1);
    });

    it('bounds the wait', async () => {
      await learn('m');

      expect(provider.questions[0]?.signal).toBeInstanceOf(AbortSignal);
    });

    it('is empty for a provider that cannot list', async () => {
      const { descriptor, formats, send } = provider;

      expect(await listing.list({ descriptor, formats, send }, account(), credential)).toEqual({
        models: [],
        stale: false,
      });
      expect(listing.known('a')).toBeUndefined();
    });

    it('forgets the account that was not asked for longest when there are too many', async () => {
      for (let index = 0; index < MAX_LISTED_ACCOUNTS; index += 1) {
        const asked = listing.list(provider, account(`a${index}`), credential);
        provider.questions.at(-1)?.answer('m');
        await asked;
      }
      await listing.list(provider, account('a0'), credential);

      const one = listing.list(provider, account('one more'), credential);
      provider.questions.at(-1)?.answer('m');
      await one;

      expect(['a0', 'a1', 'a2', 'one more'].map((id) => listing.known(id) !== undefined)).toEqual([
        true,
        false,
        true,
        true,
      ]);
    });
  });

  describe('known', () => {
    it('has the last good list at once, however old', async () => {
      expect(listing.known('a')).toBeUndefined();
      await learn('m');
      clock.nowMs += 100 * HOUR_MS;

      expect(listing.known('a')).toEqual([{ id: 'm' }]);
    });
  });

  describe('invalidate', () => {
    it('makes the vendor be asked again', async () => {
      await learn('m1');

      listing.invalidate('a');

      expect(listing.known('a')).toBeUndefined();
      await learn('m2');
      expect(listing.known('a')).toEqual([{ id: 'm2' }]);
    });

    it('does not remember what an older credential was told', async () => {
      const asked = listing.list(provider, account(), credential);
      listing.invalidate('a');

      provider.questions[0]?.answer('m of the old credential');

      expect((await asked).models).toEqual([{ id: 'm of the old credential' }]);
      expect(listing.known('a')).toBeUndefined();
    });
  });
});
