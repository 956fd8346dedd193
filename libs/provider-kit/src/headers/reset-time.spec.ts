import { resetAfterMs } from './reset-time.js';
import { MAX_RETRY_AFTER_MS } from './retry-after.js';

/** 2026-03-01T12:00:00Z */
const NOW_MS = 1_772_366_400_000;

describe('resetAfterMs', () => {
  it.each([
    ['1s', 1_000],
    ['6m0s', 360_000],
    ['20ms', 20],
    ['2m59.56s', 179_560],
    ['1h2m3s', 3_723_000],
    ['2026-03-01T12:00:30Z', 30_000],
    ['2026-03-01T13:00:30+01:00', 30_000],
    ['2026-03-01T11:59:00Z', 0],
    ['1772366460', 60_000],
    ['1772366460000', 60_000],
    ['59', 59_000],
    ['0.5', 500],
    [' 7 ', 7_000],
    ['999999999', MAX_RETRY_AFTER_MS],
  ])('reads %s', (text, afterMs) => {
    expect(resetAfterMs(text, NOW_MS)).toBe(afterMs);
  });

  it.each([undefined, '', 'soon', '-1s', '5 apples', '6m0', '2026-13-45T99:00:00Z', '1e3'])(
    'knows nothing from %s',
    (text) => {
      expect(resetAfterMs(text, NOW_MS)).toBeUndefined();
    },
  );
});
