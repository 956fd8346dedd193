import { FaultLog } from './load/fault-log.js';
import { renderReport, renderTable } from './report.js';
import { Samples } from './samples.js';

describe('renderTable', () => {
  it('aligns the columns and leaves no blanks at the end', () => {
    expect(
      renderTable([
        ['a', 'bb'],
        ['ccc', ''],
        ['d', 'e'],
      ]),
    ).toBe('  a    bb\n  ccc\n  d    e');
  });
});

describe('renderReport', () => {
  const samples = new Samples();
  samples.add({ phase: 'json', target: 'raw', round: 0 }, { cpuPerRequestUs: 54.23 });
  const faults = new FaultLog();
  faults.add('chunks sluice', 'chunk 3 doubled');
  const text = renderReport({ samples, verdicts: [], faults, peerFaults: new FaultLog(), pinning: '' });

  it('shows the absolute figures with three digits', () => {
    expect(text).toMatch(/json +CPU per request, µs +54\.2/);
  });

  it('counts wrong answers and says what was wrong', () => {
    expect(text).toContain('wrong: 1\n  chunks sluice: chunk 3 doubled');
  });
});
