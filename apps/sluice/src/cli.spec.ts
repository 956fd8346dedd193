import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../bin/sluice.js', import.meta.url));
/** The first start in a fresh clone compiles the workspace. */
const START_TIMEOUT_MS = 180_000;
const READ_ALL = /$/;

interface Running {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Resolves with the output as soon as it matches. */
  readonly prints: (pattern: RegExp) => Promise<string>;
  readonly exitCode: () => Promise<number | null>;
}

function sluice(args: string[], cwd: string): Running {
  const child = spawn(process.execPath, [BIN, ...args], { cwd, env: { ...process.env, SLUICE_CONFIG: '' } });
  const exited = once(child, 'close') as Promise<[number | null]>; // node: close carries the exit code first
  let text = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      for (const look of waiting) look();
    });
  }
  const prints = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!pattern.test(text)) return;
        waiting.delete(look);
        resolve(text);
      };
      waiting.add(look);
      void exited.then(() =>
        pattern.test(text) ? resolve(text) : reject(new Error(`ended before ${pattern}: ${text}`)),
      );
      look();
    });
  return { child, output: () => text, prints, exitCode: async () => (await exited)[0] };
}

const emptyDirectory = (): string => mkdtempSync(join(tmpdir(), 'sluice-cli-'));

describe('sluice', () => {
  describe('run without a configuration', () => {
    let running: Running;
    let url: string;
    let vendorPid: number;

    beforeAll(async () => {
      running = sluice(['run', '--port', '0'], emptyDirectory());
      const printed = await running.prints(/Stop with Ctrl-C/);
      url = /listens on (\S+)/.exec(printed)?.[1] ?? '';
      vendorPid = Number(/vendor is process (\d+)/.exec(printed)?.[1]);
    }, START_TIMEOUT_MS);

    afterAll(async () => {
      running.child.kill('SIGKILL');
      await running.exitCode();
    });

    it('prints a call that works as it stands', async () => {
      const printed = running.output();
      const body = /-d '(.+)'/.exec(printed)?.[1] ?? '';

      const answer = await fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });

      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch('text/event-stream');
      const text = await answer.text();
      expect(text).toContain('demo');
      expect(text).toMatch(/data: \[DONE\]\n\n$/);
    });

    it('answers 502 when the vendor is killed, and ends cleanly on SIGTERM', async () => {
      process.kill(vendorPid, 'SIGKILL');

      const answer = await fetch(`${url}/v1/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'demo', max_tokens: 5, messages: [{ role: 'user', content: 'Hello' }] }),
      });

      expect(answer.status).toBe(502);
      expect(await answer.json()).toMatchObject({ type: 'error', error: { type: 'api_error' } });

      running.child.kill('SIGTERM');
      expect(await running.exitCode()).toBe(0);
    });
  });

  it(
    'refuses to serve the demo account to other machines',
    async () => {
      const running = sluice(['run', '--host', '0.0.0.0', '--port', '0'], emptyDirectory());

      expect(await running.exitCode()).toBe(2);
      expect(running.output()).toMatch('--config');
    },
    START_TIMEOUT_MS,
  );

  describe('check-config', () => {
    const check = async (yaml: string): Promise<{ code: number | null; output: string }> => {
      const directory = emptyDirectory();
      writeFileSync(join(directory, 'sluice.yaml'), yaml);
      const running = sluice(['check-config'], directory);
      const code = await running.exitCode();
      await running.prints(READ_ALL);
      return { code, output: running.output() };
    };

    it(
      'says what a valid file comes to',
      async () => {
        const { code, output } = await check(
          'apiKeys: [{ name: me, key: a-long-enough-key }]\naccounts: [{ id: a, provider: openai, apiKey: k }]\n',
        );

        expect(code).toBe(0);
        expect(output).toContain('sluice.yaml is valid: 1 account, 0 aliases, 1 client key.');
      },
      START_TIMEOUT_MS,
    );

    it(
      'names file, place, path and the nearest known member, and exits with 2',
      async () => {
        const { code, output } = await check(
          'apiKeys: [{ name: me, key: a-long-enough-key }]\naccounts:\n  - { id: a, provider: openai, apikey: k }\n',
        );

        expect(code).toBe(2);
        expect(output).toMatch(/sluice\.yaml:3:\d+: accounts\[0\]\.apikey .*Did you mean apiKey\?/);
      },
      START_TIMEOUT_MS,
    );
  });

  it(
    'explains itself',
    async () => {
      const running = sluice(['--help'], emptyDirectory());

      expect(await running.exitCode()).toBe(0);
      expect(running.output()).toMatch(/run[\s\S]*check-config/);
    },
    START_TIMEOUT_MS,
  );

  it(
    'refuses a flag that it does not know',
    async () => {
      const running = sluice(['run', '--prot', '1'], emptyDirectory());

      expect(await running.exitCode()).not.toBe(0);
      expect(running.output()).toMatch('Did you mean --port?');
    },
    START_TIMEOUT_MS,
  );
});
