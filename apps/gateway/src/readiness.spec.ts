import { InFlight } from '@sluice/dispatch';
import { storeWith } from './__fixtures__/snapshot-with.js';
import { Readiness } from './readiness.js';

describe('Readiness', () => {
  it('is there with a configuration', () => {
    expect(new Readiness(storeWith({}, 1), new InFlight()).missing()).toEqual([]);
  });

  it('names what is missing', () => {
    const inFlight = new InFlight();
    const readiness = new Readiness(storeWith({}, 0), inFlight);

    const before = readiness.missing();
    inFlight.startDraining();

    expect(before).toEqual(['no configuration has been loaded yet']);
    expect(readiness.missing()).toEqual([
      'no configuration has been loaded yet',
      'the process is draining before it stops',
    ]);
  });
});
