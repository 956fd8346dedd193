import { EXIT_CONFIGURATION_ERROR, VERSION } from '@sluice/gateway';
import { readVersion } from '../version.js';
import { EXIT_REFUSED, EXIT_STATUS } from './exit-codes.js';

describe('what the command line says without loading the gateway', () => {
  it('is what the gateway says', () => {
    expect(EXIT_REFUSED).toBe(EXIT_CONFIGURATION_ERROR);
    expect(readVersion()).toBe(VERSION);
  });

  it('ends as init scripts do when it is asked for the status', () => {
    expect(EXIT_STATUS).toEqual({ running: 0, stale: 1, none: 3 });
  });
});
