import { isLogLevel } from './log-level.js';

describe('isLogLevel', () => {
  it.each(['debug', 'info', 'warn', 'error', 'silent'])('knows %s', (level) => {
    expect(isLogLevel(level)).toBe(true);
  });

  it.each(['', 'INFO', 'trace', 'fatal', 'toString'])('does not know %j', (level) => {
    expect(isLogLevel(level)).toBe(false);
  });
});
