import { StoredResponses, type StoreLimits } from './stored-responses.js';

const LIMITS: StoreLimits = { maxEntries: 3, maxBytes: 100_000, ttlMs: 1_000 };
const answer = (id: string, text = id) => ({ id, answer: Buffer.from(text), items: Buffer.from(text) });
const found = (store: StoredResponses, id: string, nowMs = 0, principal = 'anna') =>
  store.find(principal, id, LIMITS, nowMs)?.items.toString();

function storeOf(...ids: readonly string[]): StoredResponses {
  const store = new StoredResponses();
  for (const id of ids) store.keep('anna', answer(id), LIMITS, 0);
  return store;
}

describe('StoredResponses', () => {
  it('finds what it was given', () => {
    expect(found(storeOf('a'), 'a')).toBe('a');
  });

  it.each([
    ['another principal', 'bert', 'a'],
    ['an id that spells a key', 'an', 'na"],["a'],
    ['an unknown id', 'anna', 'b'],
  ])('finds nothing for %s', (_who, principal, id) => {
    expect(found(storeOf('a'), id, 0, principal)).toBeUndefined();
  });

  it('keeps the same id of two principals apart', () => {
    const store = storeOf('a');
    store.keep('bert', answer('a', 'of bert'), LIMITS, 0);

    expect([found(store, 'a'), found(store, 'a', 0, 'bert')]).toEqual(['a', 'of bert']);
  });

  it('makes room by what was not used for longest', () => {
    const store = storeOf('a', 'b', 'c');
    found(store, 'a');
    store.keep('anna', answer('d'), LIMITS, 0);

    expect(['a', 'b', 'c', 'd'].map((id) => found(store, id))).toEqual(['a', undefined, 'c', 'd']);
  });

  it('stays below its bytes', () => {
    const store = new StoredResponses();
    const limits = { ...LIMITS, maxBytes: 3_000 };
    for (const id of ['a', 'b', 'c']) store.keep('anna', answer(id, 'x'.repeat(400)), limits, 0);

    expect(store.bytes).toBeLessThanOrEqual(3_000);
    expect(['a', 'b', 'c'].map((id) => found(store, id) !== undefined)).toEqual([false, true, true]);
  });

  it('remembers nothing of an answer that is larger than all may be', () => {
    const store = storeOf('a');

    expect(store.keep('anna', answer('b', 'x'.repeat(60_000)), LIMITS, 0)).toBe(false);
    expect([found(store, 'a'), found(store, 'b')]).toEqual(['a', undefined]);
  });

  it('counts an answer that comes again once', () => {
    const once = storeOf('a');
    const twice = storeOf('a', 'a');

    expect([twice.size, twice.bytes]).toEqual([1, once.bytes]);
  });

  it.each([
    [999, 'a'],
    [1_000, undefined],
  ])('forgets what was not used for its time (after %d ms)', (nowMs, expected) => {
    expect(found(storeOf('a'), 'a', nowMs)).toBe(expected);
  });

  it('counts the time from the last use', () => {
    const store = storeOf('a', 'b');
    found(store, 'a', 900);

    expect([found(store, 'a', 1_500), found(store, 'b', 1_500)]).toEqual(['a', undefined]);
    expect(store.size).toBe(1);
  });

  it('forgets on demand, and only the one', () => {
    const store = storeOf('a', 'b');

    expect(store.forget('bert', 'a', LIMITS, 0)).toBe(false);
    expect(store.forget('anna', 'a', LIMITS, 0)).toBe(true);
    expect([found(store, 'a'), found(store, 'b')]).toEqual([undefined, 'b']);
  });

  it('forgets everything', () => {
    const store = storeOf('a', 'b');
    store.clear();

    expect([store.size, store.bytes, found(store, 'a')]).toEqual([0, 0, undefined]);
  });
});
