import { describeReport } from './describe-report.js';
import type { ReloadReport } from './reload-report.js';

const NONE = { added: [], removed: [], changed: [] };
const APPLIED: ReloadReport = {
  atMs: 0,
  trigger: 'signal',
  outcome: 'applied',
  changes: { accounts: NONE, models: NONE, apiKeys: NONE, settings: [], restart: [] },
  waitingForRestart: [],
  problems: [],
  warnings: [],
};

describe('describeReport', () => {
  it('says that nothing has changed', () => {
    expect(describeReport(APPLIED)).toEqual([
      'The configuration is in force.',
      'Nothing is declared otherwise than before.',
    ]);
  });

  it('names what has changed, what waits for a restart, and what is worth a look', () => {
    const report: ReloadReport = {
      ...APPLIED,
      changes: {
        accounts: { added: ['a', 'b'], removed: ['c'], changed: ['d'] },
        models: { ...NONE, added: ['fast'] },
        apiKeys: { ...NONE, removed: ['old'] },
        settings: ['retry.maxAttempts'],
        restart: ['server.port'],
      },
      waitingForRestart: ['server.port'],
      warnings: ['sluice.yaml: look here.'],
    };

    expect(describeReport(report)).toEqual([
      'The configuration is in force.',
      'Accounts added: a, b.',
      'Accounts removed: c.',
      'Accounts changed: d.',
      'Aliases added: fast.',
      'Client keys removed: old.',
      'Settings: retry.maxAttempts.',
      'After a restart: server.port.',
      'warning: sluice.yaml: look here.',
    ]);
  });

  it('names every mistake of one that was refused', () => {
    const report: ReloadReport = { ...APPLIED, outcome: 'refused', changes: undefined, problems: ['one', 'two'] };

    expect(describeReport(report)).toEqual([
      'The configuration was refused; the one before it is still in force.',
      'one',
      'two',
    ]);
  });
});
