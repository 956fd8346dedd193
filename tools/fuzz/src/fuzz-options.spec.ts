import { parseFuzzOptions } from './fuzz-options.js';

describe('parseFuzzOptions', () => {
  it('tries a million inputs of a new seed when nothing is said', () => {
    expect(parseFuzzOptions([], 9)).toEqual({ iterations: 1_000_000, seed: 9, from: 0, out: '.sluice/fuzz' });
  });

  it('takes what is said', () => {
    const args = ['--iterations', '5', '--seed', '4294967295', '--from', '3', '--only', 'frames', '--out', 'x'];

    expect(parseFuzzOptions(args, 9)).toEqual({ iterations: 5, seed: 4294967295, from: 3, only: 'frames', out: 'x' });
  });

  it.each([
    [['--only', 'nothing'], '--only: one of bodies, streams, frames, not "nothing"'],
    [['--seed', '4294967296'], '--seed: a whole number from 0 to 4294967295, not "4294967296"'],
    [['--iterations', '1.5'], '--iterations: a whole number'],
    [['--unknown'], 'Unknown option'],
  ])('refuses %j', (args, message) => {
    expect(() => parseFuzzOptions(args, 9)).toThrow(message);
  });
});
