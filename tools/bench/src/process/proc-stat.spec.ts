import { parseCpuUs, parseRssKb } from './proc-stat.js';

const REST = 'S 1 2 2 0 -1 4194304 100 0 0 0 150 25 0 0 20 0 11 0 100 1000 200';

describe('parseCpuUs', () => {
  it('adds user and system ticks', () => {
    expect(parseCpuUs(`42 (node) ${REST}`)).toBe(1_750_000);
  });

  it('is not confused by a command with spaces and parentheses', () => {
    expect(parseCpuUs(`42 (a) 9 (b c) ${REST}`)).toBe(1_750_000);
  });

  it('throws on other text', () => {
    expect(() => parseCpuUs('')).toThrow('not a /proc stat line');
  });
});

describe('parseRssKb', () => {
  it('reads VmRSS', () => {
    expect(parseRssKb('Name:\tnode\nVmHWM:\t   90000 kB\nVmRSS:\t   81234 kB\n')).toBe(81_234);
  });

  it('throws when a process has none', () => {
    expect(() => parseRssKb('Name:\tkthreadd\n')).toThrow('no VmRSS');
  });
});
