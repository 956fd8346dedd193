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
  const report = { samples, verdicts: [], faults, peerFaults: new FaultLog(), pinning: '', loadBefore: 0.1 };
  const text = renderReport(report);

  it('shows the absolute figures with three digits', () => {
    expect(text).toMatch(/json +CPU per request, µs +54\.2/);
  });

  it('warns of a busy machine, and only then', () => {
    expect(text).not.toContain('WARNING');
    expect(renderReport({ ...report, loadBefore: 3 })).toContain('WARNING: load average 3.0');
  });

  it('counts wrong answers and says what was wrong', () => {
    expect(text).toContain('wrong: 1\n  chunks sluice: chunk 3 doubled');
  });
});
