import { Clock } from '@sluice/core';
import { KeyCache, KNOWN_KEY_TTL_MS, MAX_KNOWN_KEYS, MAX_UNKNOWN_KEYS, UNKNOWN_KEY_TTL_MS } from './key-cache.js';
import { KeyStore } from './key-store.js';
import type { Principal } from './principal.js';

class HandClock extends Clock {
  nowMs = 1_000_000;

  now(): number {
    return this.nowMs;
  }
}

/** Answers with a promise, or at once where a spec wants many answers; counts the questions. */
class ScriptedKeyStore extends KeyStore {
  readonly asked: string[] = [];
  readonly owners = new Map<string, Principal>();
  failure: Error | undefined;
  answersAtOnce = false;

  find(digest: string): Principal | undefined | Promise<Principal | undefined> {
    this.asked.push(digest);
    if (this.failure !== undefined) return Promise.reject(this.failure);
    const owner = this.owners.get(digest);
    return this.answersAtOnce ? owner : Promise.resolve(owner);
  }
}

const principal = (name: string): Principal => ({ id: name, name, scopes: new Set(), models: undefined });

function setUp(): { clock: HandClock; store: ScriptedKeyStore; cache: KeyCache } {
  const clock = new HandClock();
  const store = new ScriptedKeyStore();
  return { clock, store, cache: new KeyCache(store, clock) };
}

describe('KeyCache', () => {
  describe('find', () => {
    it('asks once for a known key and then answers at once', async () => {
      const { store, cache } = setUp();
      const owner = principal('ci');
      store.owners.set('d1', owner);

      await expect(cache.find('d1')).resolves.toBe(owner);

      expect(cache.find('d1')).toBe(owner);
      expect(store.asked).toEqual(['d1']);
    });

    it('asks again for a known key when its time is over', async () => {
      const { clock, store, cache } = setUp();
      store.owners.set('d1', principal('ci'));
      await cache.find('d1');
      store.owners.delete('d1');

      clock.nowMs += KNOWN_KEY_TTL_MS;

      expect(await cache.find('d1')).toBeUndefined();
    });

    it('remembers for a while that a key is unknown', async () => {
      const { clock, store, cache } = setUp();
      expect(await cache.find('d1')).toBeUndefined();
      store.owners.set('d1', principal('new'));

      clock.nowMs += UNKNOWN_KEY_TTL_MS - 1;
      expect(cache.find('d1')).toBeUndefined();

      clock.nowMs += 1;
      expect((await cache.find('d1'))?.name).toBe('new');
    });

    it('has one question per key in the air', async () => {
      const { store, cache } = setUp();
      store.owners.set('d1', principal('ci'));

      const answers = await Promise.all([cache.find('d1'), cache.find('d1')]);

      expect(answers.map((owner) => owner?.name)).toEqual(['ci', 'ci']);
      expect(store.asked).toEqual(['d1']);
    });

    it('still knows a key while the store cannot answer', async () => {
      const { clock, store, cache } = setUp();
      store.owners.set('d1', principal('ci'));
      await cache.find('d1');

      clock.nowMs += KNOWN_KEY_TTL_MS;
      store.failure = new Error('the database is away');

      expect((await cache.find('d1'))?.name).toBe('ci');
    });

    it('passes on that the store cannot answer for a key it never knew, and asks again next time', async () => {
      const { store, cache } = setUp();
      store.failure = new Error('the database is away');
      await expect(cache.find('d1')).rejects.toThrow('the database is away');

      store.failure = undefined;
      store.owners.set('d1', principal('ci'));

      expect((await cache.find('d1'))?.name).toBe('ci');
    });

    it('lets the least recently used known key go first', () => {
      const { store, cache } = setUp();
      store.answersAtOnce = true;
      for (let at = 0; at <= MAX_KNOWN_KEYS; at += 1) store.owners.set(`d${at}`, principal(`p${at}`));
      for (let at = 0; at < MAX_KNOWN_KEYS; at += 1) void cache.find(`d${at}`);
      void cache.find('d0');
      void cache.find(`d${MAX_KNOWN_KEYS}`);
      store.asked.length = 0;

      void cache.find('d0');
      void cache.find('d1');

      expect(store.asked).toEqual(['d1']);
    });

    it('does not let unknown keys push out known ones', () => {
      const { store, cache } = setUp();
      store.answersAtOnce = true;
      store.owners.set('d1', principal('ci'));
      void cache.find('d1');
      for (let at = 0; at <= MAX_UNKNOWN_KEYS; at += 1) void cache.find(`guess${at}`);
      store.asked.length = 0;

      void cache.find('d1');
      void cache.find('guess1');
      void cache.find('guess0');

      expect(store.asked).toEqual(['guess0']);
    });
  });

  describe('forget', () => {
    it.each([
      ['one key', 'd1'],
      ['all keys', undefined],
    ])('makes a revocation effective with the next request: %s', async (_scope, digest) => {
      const { store, cache } = setUp();
      store.owners.set('d1', principal('ci'));
      await cache.find('d1');
      store.owners.delete('d1');

      cache.forget(digest);

      expect(await cache.find('d1')).toBeUndefined();
    });

    it('does not remember an answer that was under way', async () => {
      const { store, cache } = setUp();
      store.owners.set('d1', principal('ci'));
      const underWay = cache.find('d1');
      store.owners.delete('d1');

      cache.forget('d1');
      await underWay;

      expect(await cache.find('d1')).toBeUndefined();
    });
  });
});
