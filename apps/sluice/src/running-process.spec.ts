import { chmodSync, existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { directoryWith, outcomeOf, sluice, START_TIMEOUT_MS } from './__fixtures__/sluice-process.js';
import { isAlive } from './instance/find-instance.js';

const VALID =
  'server: { port: 0, allowUnauthenticated: true }\naccounts: [{ id: a, provider: openai, apiKey: k, models: [m] }]\n';
const PID_FILE = join('.sluice', 'sluice.pid');

/** The suite starts one process after the other, on a machine that may be busy. */
const TEST_TIMEOUT_MS = START_TIMEOUT_MS;
/** What is stale is built once, before the tests. */
const BUILT = { SLUICE_SKIP_BUILD: '1' };

beforeAll(async () => {
  await outcomeOf(sluice(['run', '--help'], directoryWith()));
}, START_TIMEOUT_MS);

describe('a gateway in the background', () => {
  let directory: string;
  /** Processes that a failed test may leave behind. */
  const pids = new Set<number>();

  beforeEach(() => {
    directory = directoryWith({ 'sluice.yaml': VALID });
  });

  afterEach(() => {
    for (const pid of pids) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    pids.clear();
  });

  const command = (...args: string[]) => outcomeOf(sluice(args, directory, BUILT));
  const pidFile = (): string => join(directory, PID_FILE);
  const pid = (): number => {
    const number = Number(readFileSync(pidFile(), 'utf8'));
    pids.add(number);
    return number;
  };
  async function start(): Promise<string> {
    const { code, output } = await command('run', '--daemon');
    expect(output).toMatch(/listens on http/);
    expect(code).toBe(0);
    pid();
    return /listens on (\S+)/.exec(output)?.[1] ?? '';
  }

  it(
    'is started, asked, told to reload, and stopped',
    async () => {
      expect(await command('status')).toEqual({
        code: 3,
        output: `Sluice is not running: there is no ${PID_FILE}. One in a terminal has none without --pid-file.\n`,
      });

      const url = await start();
      expect((await fetch(`${url}/health`)).status).toBe(200);
      expect(readFileSync(pidFile(), 'utf8')).toMatch(/^\d+$/);
      const status = await command('status');
      expect(status.code).toBe(0);
      expect(status.output).toContain(`Sluice is running (process ${pid()}).\n  listens on ${url}, since `);

      writeFileSync(join(directory, 'sluice.yaml'), `${VALID}bogus: 1\n`);
      const refused = await command('reload');
      expect(refused.code).toBe(2);
      expect(refused.output).toMatch(/refused[^]*sluice\.yaml:3:1: bogus is not a setting that exists here\./);
      writeFileSync(join(directory, 'sluice.yaml'), `${VALID}# mended\n`);
      const applied = await command('reload');
      expect(applied).toMatchObject({ code: 0, output: expect.stringMatching(/^The configuration is in force\./) });

      const stopping = pid();
      expect(await command('stop')).toEqual({ code: 0, output: `Sluice has stopped (process ${stopping}).\n` });
      expect(isAlive(stopping)).toBe(false);
      expect(readdirSync(join(directory, '.sluice'))).toEqual(['logs']);
      expect(readFileSync(join(directory, '.sluice', 'logs', 'current.log'), 'utf8')).toMatch(/"msg":"stopped"\}\n$/);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'is started only once, and the second start leaves the number of the first alone',
    async () => {
      await start();
      const first = pid();

      const second = await command('run', '--daemon');

      expect(second.code).toBe(1);
      expect(second.output).toMatch(`another Sluice runs with ${PID_FILE} (process ${first})`);
      expect(pid()).toBe(first);
      expect((await command('stop')).code).toBe(0);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'says what is wrong with its configuration, exits with 2, and leaves no pid file',
    async () => {
      writeFileSync(join(directory, 'sluice.yaml'), 'accounts: [{ id: a, provider: openia, apiKey: k }]\n');

      const { code, output } = await command('run', '--daemon');

      expect(code).toBe(2);
      expect(output).toMatch(/sluice\.yaml:1:\d+: accounts\[0\]\.provider .*Did you mean openai\?/);
      expect(existsSync(pidFile())).toBe(false);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'that was killed does not stand in the way of the next one',
    async () => {
      await start();
      const killed = pid();
      process.kill(killed, 'SIGKILL');
      while (isAlive(killed)) await new Promise((resolve) => setImmediate(resolve));

      expect(await command('status')).toMatchObject({ code: 1, output: expect.stringMatching(`process ${killed}`) });
      utimesSync(`${pidFile()}.lock`, new Date(0), new Date(0)); // as if some time had passed
      await start();

      expect(pid()).not.toBe(killed);
      expect((await command('stop')).code).toBe(0);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'is not mistaken for another program that has its number now',
    async () => {
      const stale = directoryWith({ 'sluice.pid': String(process.pid) });
      const flag = ['--pid-file', join(stale, 'sluice.pid')];

      expect((await command('status', ...flag)).code).toBe(1);
      expect((await command('reload', ...flag)).code).toBe(1);
      expect(await command('stop', ...flag)).toMatchObject({ code: 0, output: expect.stringMatching(/left behind/) });

      expect(readdirSync(stale)).toEqual([]);
    },
    TEST_TIMEOUT_MS,
  );
});

describe('a gateway in a terminal', () => {
  it(
    'tells systemd how it is, reloads on SIGHUP, and leaves nothing behind',
    async () => {
      const directory = directoryWith({
        'sluice.yaml': VALID,
        'systemd-notify': '#!/bin/sh\necho "$@" >> calls\n',
        calls: '',
      });
      chmodSync(join(directory, 'systemd-notify'), 0o755);
      const running = sluice(['run', '--pid-file', 'x.pid'], directory, {
        ...BUILT,
        PATH: `${directory}${delimiter}${process.env['PATH']}`,
        NOTIFY_SOCKET: '/run/systemd/notify',
      });
      const calls = (): string => readFileSync(join(directory, 'calls'), 'utf8');
      const called = async (pattern: RegExp): Promise<void> => {
        while (!pattern.test(calls())) await new Promise((resolve) => setImmediate(resolve));
      };
      await running.prints(/Stop with Ctrl-C/);
      await called(/^READY=1 STATUS=serves http/);

      running.child.kill('SIGHUP');
      await called(/RELOADING=1 MONOTONIC_USEC=\d+ STATUS=.*\nREADY=1/);
      running.child.kill('SIGTERM');

      expect(await running.exitCode()).toBe(0);
      await called(/\nSTOPPING=1/);
      expect(readdirSync(directory).sort()).toEqual(['calls', 'sluice.yaml', 'systemd-notify']);
    },
    TEST_TIMEOUT_MS,
  );
});
