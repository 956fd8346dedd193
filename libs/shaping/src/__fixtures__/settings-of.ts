import { buildSnapshot, formatProblem, loadConfiguration, type RuntimeSettings } from '@sluice/config';

/** The settings that a configuration text comes to. @throws Error with the lines of an invalid one */
export async function settingsOf(text: string): Promise<RuntimeSettings> {
  const whole = `server: { allowUnauthenticated: true }\n${text}`;
  const outcome = await loadConfiguration({
    file: 'sluice.yaml',
    env: {},
    providers: [],
    readFile: (path) => Promise.resolve(path === 'sluice.yaml' ? whole : undefined),
  });
  if (!outcome.ok) throw new Error(outcome.problems.map(formatProblem).join('\n'));
  return buildSnapshot(outcome.configuration, [], 1).settings;
}
