import { parseArgs } from 'node:util';
import type { MockUpstream } from './mock-upstream.js';
import { startMockUpstream } from './start-mock-upstream.js';

/** What a process gives the mock, and where its one line of output goes. */
export interface ProcessSurroundings {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
}

/**
 * Starts a mock as its own process does: `--host`, `--port` and `--seed`, or `MOCK_UPSTREAM_HOST`, `MOCK_UPSTREAM_PORT` and
 * `MOCK_UPSTREAM_SEED`; prints `{"url":…,"port":…}` once it listens. It remembers no requests.
 * @throws TypeError for an unknown argument, RangeError for a number that is none
 */
export async function runMockUpstreamProcess({ argv, env, print }: ProcessSurroundings): Promise<MockUpstream> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...argv], options: { host: text, port: text, seed: text } });
  const mock = await startMockUpstream({
    host: values.host ?? env['MOCK_UPSTREAM_HOST'] ?? '127.0.0.1',
    port: wholeNumber('port', values.port ?? env['MOCK_UPSTREAM_PORT'] ?? '0'),
    seed: wholeNumber('seed', values.seed ?? env['MOCK_UPSTREAM_SEED'] ?? '1'),
    maxLoggedRequests: 0,
  });
  print(JSON.stringify({ url: mock.url, port: mock.port }));
  return mock;
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new RangeError(`--${name} must be a whole number, not "${text}"`);
  return value;
}
