import { sourceOf } from './source-of.js';

describe('sourceOf', () => {
  it('gives the chunks and ends', () => {
    const log: unknown[] = [];

    sourceOf([{ a: 1 }, { b: 2 }]).start({
      onData: (chunk) => log.push(chunk),
      onEnd: () => log.push('end'),
      onError: (error) => log.push(error),
    });

    expect(log).toEqual([{ a: 1 }, { b: 2 }, 'end']);
  });

  it('can be paused and cancelled', () => {
    const log: unknown[] = [];
    const source = sourceOf(['a', 'b', 'c']);

    source.start({
      onData: (chunk) => (log.push(chunk), source.pause()),
      onEnd: () => log.push('end'),
      onError: (error) => log.push(error),
    });
    source.resume();
    source.cancel();
    source.resume();

    expect(log).toEqual(['a', 'b']);
  });
});
