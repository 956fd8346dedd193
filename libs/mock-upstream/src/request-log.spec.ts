import { RequestLog } from './request-log.js';
import type { MockRequest } from './mock-request.js';

const request = (sequence: number, bytes: number): MockRequest => ({
  sequence,
  connectionId: 1,
  method: 'POST',
  path: '/',
  query: '',
  headers: {},
  body: Buffer.alloc(bytes),
});

const filled = (log: RequestLog, sizes: readonly number[]): number[] => {
  sizes.forEach((bytes, index) => log.add(request(index + 1, bytes)));
  return log.entries.map(({ sequence }) => sequence);
};

describe('RequestLog', () => {
  it.each([
    ['keeps what fits', 10, 100, [1, 1, 1], [1, 2, 3]],
    ['drops the oldest above the count', 2, 100, [1, 1, 1], [2, 3]],
    ['drops the oldest above the bytes', 10, 100, [60, 60, 40], [2, 3]],
    ['keeps the newest however large', 10, 100, [1, 500], [2]],
    ['keeps nothing when told so', 0, 100, [1, 1], []],
  ])('%s', (_, maxRequests, maxBytes, sizes, kept) => {
    expect(filled(new RequestLog(maxRequests, maxBytes), sizes)).toEqual(kept);
  });

  it('counts bytes anew after it was cleared', () => {
    const log = new RequestLog(10, 100);
    filled(log, [90]);

    log.clear();

    expect(filled(log, [90, 10])).toEqual([1, 2]);
  });
});
