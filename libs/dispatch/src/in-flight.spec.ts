import { exchangeOf } from './__fixtures__/exchange-of.js';
import { InFlight } from './in-flight.js';

describe('InFlight', () => {
  it('knows the open exchanges', () => {
    const inFlight = new InFlight();
    const { exchange } = exchangeOf();

    inFlight.add(exchange);
    const sizeBefore = inFlight.size;
    inFlight.remove(exchange);

    expect([sizeBefore, inFlight.size]).toEqual([1, 0]);
  });

  it('forgets each exchange once, in whatever order they end', () => {
    const inFlight = new InFlight();
    const [one, two, three] = [exchangeOf().exchange, exchangeOf().exchange, exchangeOf().exchange];
    for (const exchange of [one, two, three]) inFlight.add(exchange);

    const sizes = [two, two, three, one, one].map((exchange) => {
      inFlight.remove(exchange);
      return inFlight.size;
    });

    expect(sizes).toEqual([2, 2, 1, 0, 0]);
  });

  describe('idle', () => {
    it('is at once where nothing is open', async () => {
      await expect(new InFlight().idle()).resolves.toBeUndefined();
    });

    it('waits for the last one, for everybody who asks', async () => {
      const inFlight = new InFlight();
      const [one, two] = [exchangeOf().exchange, exchangeOf().exchange];
      const order: string[] = [];
      inFlight.add(one);
      inFlight.add(two);
      const waiting = [inFlight.idle().then(() => order.push('idle')), inFlight.idle().then(() => order.push('idle'))];

      inFlight.remove(one);
      order.push('one left');
      inFlight.remove(two);
      await Promise.all(waiting);

      expect(order).toEqual(['one left', 'idle', 'idle']);
    });
  });

  it('drains from the moment it is told', () => {
    const inFlight = new InFlight();
    const before = inFlight.isDraining;

    inFlight.startDraining();

    expect([before, inFlight.isDraining]).toEqual([false, true]);
  });

  describe('interruptAll', () => {
    it('stops what is open and what still comes', () => {
      const inFlight = new InFlight();
      const [open, late] = [exchangeOf().exchange, exchangeOf().exchange];
      inFlight.add(open);

      inFlight.interruptAll();
      inFlight.add(late);

      expect(open.cancellation).toMatchObject({ isCancelled: true, reason: { kind: 'shutting_down' } });
      expect(late.cancellation).toMatchObject({ isCancelled: true, reason: { kind: 'shutting_down' } });
    });

    it('reaches everybody although they leave while they are told', () => {
      const inFlight = new InFlight();
      const exchanges = [exchangeOf().exchange, exchangeOf().exchange, exchangeOf().exchange];
      for (const exchange of exchanges) {
        inFlight.add(exchange);
        exchange.cancellation.onCancel(() => inFlight.remove(exchange));
      }

      inFlight.interruptAll();

      expect(exchanges.map(({ cancellation }) => cancellation.isCancelled)).toEqual([true, true, true]);
      expect(inFlight.size).toBe(0);
    });
  });
});
