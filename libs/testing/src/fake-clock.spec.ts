import { FakeClock } from './fake-clock.js';

describe('FakeClock', () => {
  describe('now', () => {
    it('stands where it was put until it is moved', () => {
      const clock = new FakeClock(1_000);

      expect([clock.now(), clock.now()]).toEqual([1_000, 1_000]);
    });

    it('starts on the first day of 2026 unless told otherwise', () => {
      expect(new Date(new FakeClock().now()).toISOString()).toBe('2026-01-01T00:00:00.000Z');
    });
  });

  describe('advance', () => {
    it('adds up', () => {
      const clock = new FakeClock(1_000);

      clock.advance(250);
      clock.advance(0);
      clock.advance(50);

      expect(clock.now()).toBe(1_300);
    });

    it.each([-1, Number.NaN])('refuses %d', (ms) => {
      expect(() => new FakeClock().advance(ms)).toThrow(RangeError);
    });
  });

  describe('set', () => {
    it('may go back', () => {
      const clock = new FakeClock(1_000);

      clock.set(400);

      expect(clock.now()).toBe(400);
    });
  });
});
