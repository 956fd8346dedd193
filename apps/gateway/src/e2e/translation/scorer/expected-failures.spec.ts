import { DIRECTIONS } from '../directions.js';
import { EXPECTED_FAILURES } from './expected-failures.js';

describe('the list of expected failures', () => {
  it('names directions that there are', () => {
    const names = DIRECTIONS.map(({ name }) => name);

    expect(EXPECTED_FAILURES.filter(({ direction }) => !names.includes(direction))).toEqual([]);
  });
});
