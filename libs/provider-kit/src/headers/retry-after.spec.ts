import fc from 'fast-check';
import { MAX_RETRY_AFTER_MS, retryAfterMs } from './retry-after.js';

/** Wed, 21 Oct 2026 07:28:00 GMT */
const NOW_MS = 1_792_567_680_000;

describe('retryAfterMs', () => {
  it.each([
    ['seconds', { 'retry-after': '30' }, 30_000],
    ['decimal seconds', { 'retry-after': '7.66' }, 7660],
    ['a date', { 'retry-after': 'Wed, 21 Oct 2026 07:28:09 GMT' }, 9000],
    ['an old date format', { 'retry-after': 'Wednesday, 21-Oct-26 07:28:09 GMT' }, 9000],
    ['a date that is over', { 'retry-after': 'Wed, 21 Oct 2026 07:00:00 GMT' }, 0],
    ['milliseconds', { 'retry-after-ms': '1500', 'retry-after': '2' }, 1500],
    ["Azure's milliseconds", { 'x-ms-retry-after-ms': '250', 'retry-after': '1' }, 250],
    ['the first of two that disagree', { 'retry-after-ms': '1', 'x-ms-retry-after-ms': '2' }, 1],
    ['seconds where the milliseconds are garbage', { 'retry-after-ms': 'soon', 'retry-after': '2' }, 2000],
    ['spaces around', { 'retry-after': ' 5 ' }, 5000],
    ['a repeated header', { 'retry-after': ['3', '4'] }, 3000],
    ['zero', { 'retry-after': '0' }, 0],
    ['more than a week', { 'retry-after': '9999999' }, 604_800_000],
    ['a date in years', { 'retry-after': 'Fri, 21 Oct 2033 07:28:00 GMT' }, 604_800_000],
  ])('reads %s', (_what, headers, expected) => {
    expect(retryAfterMs(headers, NOW_MS)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    'soon',
    '-5',
    '1e3',
    '0x10',
    '5s',
    'NaN',
    'Infinity',
    '2026-10-21',
    '1 2',
    'Wed, 99 Foo 2026 07:28:00 GMT',
  ])('does not read "%s"', (value) => {
    expect(retryAfterMs({ 'retry-after': value }, NOW_MS)).toBeUndefined();
  });

  it('knows nothing where nothing is said', () => {
    expect(retryAfterMs({}, NOW_MS)).toBeUndefined();
  });

  it('stays within its bounds whatever is said', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (seconds, milliseconds) => {
        const ms = retryAfterMs({ 'retry-after': seconds, 'retry-after-ms': milliseconds }, NOW_MS) ?? 0;
        return Number.isInteger(ms) && ms >= 0 && ms <= MAX_RETRY_AFTER_MS;
      }),
    );
  });
});
