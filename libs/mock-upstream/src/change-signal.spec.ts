import { ChangeSignal } from './change-signal.js';

describe('ChangeSignal', () => {
  describe('waitUntil', () => {
    it('resolves at once when the condition holds', async () => {
      await expect(new ChangeSignal().waitUntil(() => true, 1)).resolves.toBeUndefined();
    });

    it('resolves with the change that makes it hold', async () => {
      const changes = new ChangeSignal();
      let count = 0;
      const waiting = changes.waitUntil(() => count === 2, 5_000);

      for (count = 1; count <= 2; count += 1) changes.emit();

      await expect(waiting).resolves.toBeUndefined();
    });

    it('rejects when it does not hold in time, and says how long it waited', async () => {
      const neverHolds = (): boolean => false;

      await expect(new ChangeSignal().waitUntil(neverHolds, 1)).rejects.toThrow('waited 1 ms');
    });
  });
});
