import { loadText, type TextOptions } from '../__fixtures__/load-text.js';
import { formatProblem } from '../problem.js';

const OPEN = 'server: { allowUnauthenticated: true }\n';
const LISTED = "accounts: [{ id: a, provider: openai, apiKey: k, models: ['gpt-4o*'] }]\n";

async function warningsOf(text: string, options?: TextOptions): Promise<readonly string[]> {
  const outcome = await loadText(OPEN + text, options);
  if (!outcome.ok) throw new Error(outcome.problems.map(formatProblem).join('\n'));
  return outcome.warnings.map((warning) => formatProblem(warning).replace(/^[^ ]+ /, ''));
}

describe('warnOfDeadEnds', () => {
  it('names a target that no account lists', async () => {
    expect(await warningsOf(`${LISTED}models: [{ alias: fast, targets: [gpt-4o-mini, gpt-5] }]`)).toEqual([
      'models[0].targets[1] is "gpt-5", which no account lists among its models. Correct the name, or add it to the models of an account.',
    ]);
  });

  it('says that aliases do not lead to aliases', async () => {
    const models =
      'models: [{ alias: fast, targets: [gpt-4o] }, { alias: quick, targets: [{ target: fast, weight: 1 }] }]';

    expect(await warningsOf(LISTED + models)).toEqual([
      'models[1].targets[0].target is "fast", which no account lists among its models. It is an alias, and aliases do not lead to aliases: name its targets here.',
    ]);
  });

  it('keeps still where a vendor may have the model', async () => {
    const open =
      "accounts: [{ id: a, provider: openai, apiKey: k }, { id: b, provider: openai, apiKey: k, models: ['x'] }]\n";

    expect(await warningsOf(`${open}models: [{ alias: fast, targets: [gpt-5] }]`)).toEqual([]);
  });
});

describe('warnOfIdleSettings', () => {
  it.each([
    [
      'database: { url: postgres://localhost/x }',
      'database.url has no effect in this version. Logins are kept in dataDirectory, each process for itself.',
    ],
    ['redis: { url: redis://localhost }', 'redis.url has no effect in this version. Every process counts for itself.'],
  ])('%s is no promise', async (text, warning) => {
    expect(await warningsOf(text)).toEqual([warning]);
  });

  it('sees the environment too', async () => {
    expect(await warningsOf('', { env: { REDIS_URL: 'redis://localhost' } })).toHaveLength(1);
  });

  it.each(['database: { url: embedded }', 'database: { url: none }'])('keeps still about %s', async (text) => {
    expect(await warningsOf(text)).toEqual([]);
  });
});
