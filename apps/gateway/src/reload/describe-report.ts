import type { ConfigurationChanges, ListChanges } from '@sluice/config';
import type { ReloadReport } from './reload-report.js';

/** A report as lines for the operator. */
export function describeReport({
  outcome,
  changes,
  waitingForRestart,
  problems,
  warnings,
}: ReloadReport): readonly string[] {
  if (outcome === 'refused')
    return ['The configuration was refused; the one before it is still in force.', ...problems];
  return [
    'The configuration is in force.',
    ...(changes === undefined ? [] : describeChanges(changes)),
    ...(waitingForRestart.length > 0 ? [`After a restart: ${waitingForRestart.join(', ')}.`] : []),
    ...warnings.map((warning) => `warning: ${warning}`),
  ];
}

function describeChanges({ accounts, models, apiKeys, settings }: ConfigurationChanges): readonly string[] {
  const lines = [
    ...describeList('Accounts', accounts),
    ...describeList('Aliases', models),
    ...describeList('Client keys', apiKeys),
    ...(settings.length > 0 ? [`Settings: ${settings.join(', ')}.`] : []),
  ];
  return lines.length > 0 ? lines : ['Nothing is declared otherwise than before.'];
}

function describeList(what: string, { added, removed, changed }: ListChanges): readonly string[] {
  return (
    [
      ['added', added],
      ['removed', removed],
      ['changed', changed],
    ] as const
  ).flatMap(([word, names]) => (names.length > 0 ? [`${what} ${word}: ${names.join(', ')}.`] : []));
}
