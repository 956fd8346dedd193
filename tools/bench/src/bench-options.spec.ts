import { parseBenchOptions } from './bench-options.js';

describe('parseBenchOptions', () => {
  it('measures every row in five rounds by default', () => {
    expect(parseBenchOptions([])).toMatchObject({ isQuick: false, isStrict: false, pace: { rounds: 5 } });
  });

  it('takes all options together', () => {
    const options = parseBenchOptions([
      '--quick',
      '--only',
      'json-cpu',
      '--only',
      'start',
      '--rounds',
      '7',
      '--json',
      'x',
    ]);

    expect(options).toMatchObject({ isQuick: true, only: ['json-cpu', 'start'], jsonFile: 'x', pace: { rounds: 7 } });
  });

  it.each([
    [['--only', 'nothing'], 'there is no row "nothing"'],
    [['--rounds', '0'], '--rounds'],
    [['--rounds', 'many'], '--rounds'],
    [['--fast'], '--fast'],
  ])('refuses %j', (args, reason) => {
    expect(() => parseBenchOptions(args)).toThrow(reason);
  });
});
