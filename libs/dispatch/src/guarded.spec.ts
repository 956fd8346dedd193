import { NotingLogger } from './__fixtures__/observers.js';
import { guarded } from './guarded.js';

describe('guarded', () => {
  it('tells, and notes who failed to listen', () => {
    const logger = new NotingLogger();
    const told: string[] = [];

    guarded(logger, 'the first', () => told.push('first'));
    guarded(logger, 'the second', () => {
      throw new Error('no disk');
    });

    expect(told).toEqual(['first']);
    expect(logger.errors).toEqual(['the second failed']);
  });
});
