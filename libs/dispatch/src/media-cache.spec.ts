import { MediaCache } from './media-cache.js';

const body = (bytes: number) => ({ bytes: Buffer.alloc(bytes), contentType: '' });
const sizes = (cache: MediaCache, urls: readonly string[], nowMs = 0) =>
  urls.map((url) => cache.find(url, nowMs)?.bytes.length);

describe('MediaCache', () => {
  it('finds what was kept, for its time', () => {
    const cache = new MediaCache(10_000, 100);
    cache.keep('a', body(3), 0);

    expect(sizes(cache, ['a', 'b'], 99)).toEqual([3, undefined]);
    expect(sizes(cache, ['a'], 100)).toEqual([undefined]);
  });

  it('makes room by what was not used for longest', () => {
    const cache = new MediaCache(3_000, 100);
    cache.keep('a', body(1_000), 0);
    cache.keep('b', body(900), 0);
    cache.find('a', 0);
    cache.keep('c', body(800), 0);

    expect(sizes(cache, ['a', 'b', 'c'])).toEqual([1_000, undefined, 800]);
  });

  it('keeps the newer of two, and nothing that is larger than all may be', () => {
    const cache = new MediaCache(3_000, 100);
    cache.keep('a', body(1_000), 0);
    cache.keep('a', body(2_000), 0);
    cache.keep('b', body(3_000), 0);

    expect(sizes(cache, ['a', 'b'])).toEqual([2_000, undefined]);
  });

  it('is bounded also for bodies of nothing', () => {
    const cache = new MediaCache(3_000, 100);
    for (let index = 0; index < 100; index += 1) cache.keep(`u${index}`, body(0), 0);

    expect(sizes(cache, ['u0', 'u94', 'u99'])).toEqual([undefined, undefined, 0]);
  });
});
