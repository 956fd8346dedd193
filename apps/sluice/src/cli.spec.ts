import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startMockUpstream, type MockUpstream } from '@sluice/mock-upstream';
import { directoryWith, outcomeOf, sluice, START_TIMEOUT_MS, type Running } from './__fixtures__/sluice-process.js';

const REFRESH_TOKEN = `aorAAAAAG${'x'.repeat(120)}wxyz`;

describe('sluice', () => {
  describe('run without a configuration', () => {
    let running: Running;
    let url: string;
    let vendorPid: number;

    beforeAll(async () => {
      running = sluice(['run', '--port', '0'], directoryWith());
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
      const running = sluice(['run', '--host', '0.0.0.0', '--port', '0'], directoryWith());

      expect(await running.exitCode()).toBe(2);
      expect(running.output()).toMatch('--config');
    },
    START_TIMEOUT_MS,
  );

  it(
    'ends with nothing but the reason when its port is taken',
    async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo; // it listens on a port
      const yaml = 'apiKeys: [{ name: me, key: k }]\naccounts: [{ id: a, provider: openai, apiKey: k }]\n';

      const running = sluice(['run', '--port', String(port)], directoryWith({ 'sluice.yaml': yaml }));

      expect(await running.exitCode()).toBe(2);
      expect(running.output().trimEnd().split('\n').at(-1)).toBe(
        `server.port: 127.0.0.1:${port} is in use. Stop the other process, or choose another port with --port.`,
      );
      other.close();
    },
    START_TIMEOUT_MS,
  );

  describe('check-config', () => {
    const check = (yaml: string) => outcomeOf(sluice(['check-config'], directoryWith({ 'sluice.yaml': yaml })));

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
      const running = sluice(['--help'], directoryWith());

      expect(await running.exitCode()).toBe(0);
      expect(running.output()).toMatch(/run[\s\S]*check-config[\s\S]*login[\s\S]*import[\s\S]*accounts[\s\S]*explain/);
    },
    START_TIMEOUT_MS,
  );

  it(
    'refuses a flag that it does not know',
    async () => {
      const running = sluice(['run', '--prot', '1'], directoryWith());

      expect(await running.exitCode()).not.toBe(0);
      expect(running.output()).toMatch('Did you mean --port?');
    },
    START_TIMEOUT_MS,
  );

  it(
    'starts as kiro-rs does, with the two files in the working directory',
    async () => {
      const directory = directoryWith({
        'config.json': { apiKey: 'sk-kiro-rs-1', region: 'us-east-1', port: 0, colour: 'blue' },
        'credentials.json': [{ refreshToken: REFRESH_TOKEN, authMethod: 'social' }, { kiroApiKey: 'ksk_1' }],
      });
      const running = sluice(['run'], directory);
      const printed = await running.prints(/Stop with Ctrl-C/);
      const url = /listens on (\S+)/.exec(printed)?.[1] ?? '';

      const statuses = await Promise.all(
        ['sk-kiro-rs-1', 'another'].map(async (key) => {
          const answer = await fetch(`${url}/v1/messages`, {
            method: 'POST',
            headers: { 'x-api-key': key, 'content-type': 'application/json' },
            body: '{',
          });
          return answer.status;
        }),
      );

      running.child.kill('SIGTERM');
      expect(await running.exitCode()).toBe(0);
      expect(statuses).toEqual([400, 401]);
      expect(printed).toContain('key: ${SLUICE_KEY}');
      expect(printed).toContain('provider: kiro');
      expect(printed).not.toContain('sk-kiro-rs-1');
      expect(running.output()).toMatch(/colour is no member of a config\.json of kiro-rs/);
    },
    START_TIMEOUT_MS,
  );

  it(
    'starts with the variables of an older gateway, and says what they come to',
    async () => {
      const directory = directoryWith({ '.env': 'KIRO_API_KEY="ksk_1"\nPROXY_API_KEY="a-password-of-clients"\n' });
      const running = sluice(['run', '--port', '0'], directory);
      const printed = await running.prints(/Stop with Ctrl-C/);
      const url = /listens on (\S+)/.exec(printed)?.[1] ?? '';

      const statuses = await Promise.all(
        ['a-password-of-clients', 'another'].map(async (key) => {
          const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
          return (await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers, body: '{' })).status;
        }),
      );

      running.child.kill('SIGTERM');
      expect(await running.exitCode()).toBe(0);
      expect(statuses).toEqual([400, 401]);
      expect(printed).toContain('apiKey: ${KIRO_API_KEY}');
      expect(printed).not.toContain('a-password-of-clients');
    },
    START_TIMEOUT_MS,
  );

  it(
    'refuses logins of kiro-rs without its configuration',
    async () => {
      const { code, output } = await outcomeOf(sluice(['run', '--credentials', 'x.json'], directoryWith()));

      expect(code).toBe(2);
      expect(output).toMatch(/^--credentials: /);
    },
    START_TIMEOUT_MS,
  );

  describe('logins', () => {
    let mock: MockUpstream;

    beforeAll(async () => {
      mock = await startMockUpstream({ models: ['claude-sonnet-4.5'] });
    });

    afterAll(() => mock.stop());

    const configured = () => {
      const { url } = mock;
      const endpoints = { inference: url, management: url, socialAuth: url, oidc: url };
      return directoryWith({
        'sluice.json': {
          apiKeys: [{ name: 'local', key: 'a-long-enough-key' }],
          accounts: [{ id: 'mine', provider: 'kiro', endpoints }],
        },
      });
    };

    it(
      'are made in a browser, kept encrypted, listed and used',
      async () => {
        const directory = configured();
        const flags = ['--start-url', 'https://acme.awsapps.com/start', '--flow', 'code', '--no-browser'];
        const login = sluice(['login', 'kiro', ...flags], directory);
        const printed = await login.prints(/Waiting/);
        const address = new URL(/(http\S+authorize\S+)/.exec(printed)?.[1] ?? '');
        const state = address.searchParams.get('state') ?? '';
        await fetch(`${address.searchParams.get('redirect_uri')}?${new URLSearchParams({ state, code: 'c' })}`);

        expect(await outcomeOf(login)).toMatchObject({
          code: 0,
          output: expect.stringMatching(/for the account mine\./),
        });
        const accounts = await outcomeOf(sluice(['accounts', '--limits'], directory));
        expect(accounts.code).toBe(0);
        expect(accounts.output).toMatch(
          /mine +kiro +ready +in \d+ min +oauth aoa….{4}, stored\n[^]*12\.34 of 1000 used/,
        );
        expect(accounts.output).not.toMatch(/aoaMock/);
        const explained = await outcomeOf(
          sluice(['explain', '--model', 'claude-sonnet-4.5', '--key', 'local'], directory),
        );
        expect(explained).toMatchObject({ code: 0, output: expect.stringMatching(/1\. +mine +kiro .*usable/) });
      },
      START_TIMEOUT_MS,
    );

    it(
      'are broken off by Ctrl-C without a trace',
      async () => {
        const directory = configured();
        const login = sluice(['login', 'kiro', '--flow', 'code', '--no-browser'], directory);
        await login.prints(/Waiting/);

        login.child.kill('SIGINT');

        expect(await outcomeOf(login)).toMatchObject({
          code: 130,
          output: expect.stringMatching(/Given up; nothing was stored\.\n$/),
        });
        expect(readdirSync(directory)).toEqual(['sluice.json']);
      },
      START_TIMEOUT_MS,
    );

    it(
      'are imported once',
      async () => {
        const directory = directoryWith({ 'logins.json': [{ refreshToken: REFRESH_TOKEN }, { kiroApiKey: 'ksk_1' }] });
        const run = (...flags: readonly string[]) =>
          outcomeOf(sluice(['import', 'kiro', 'logins.json', ...flags], directory));

        const rehearsal = await run('--dry-run');
        const isUntouched = !readdirSync(directory).includes('.sluice');
        const first = await run();
        const second = await run();

        expect([rehearsal.code, first.code, second.code]).toEqual([0, 0, 0]);
        expect(isUntouched).toBe(true);
        expect(first.output).toMatch(/refresh token aor….{4}[\s\S]*stored for the account kiro-1[\s\S]*kiro-2/);
        expect(second.output).toMatch(/already stored for the account kiro-1[\s\S]*Nothing had to be stored\./);
        expect(readFileSync(join(directory, '.sluice', 'credentials.sealed.json'), 'utf8')).not.toContain('aor');
      },
      START_TIMEOUT_MS,
    );

    it(
      'that are not there are told with their path, and exit with 2',
      async () => {
        const { code, output } = await outcomeOf(sluice(['import', 'kiro', 'nothing.json'], directoryWith()));

        expect(code).toBe(2);
        expect(output).toMatch(/nothing\.json does not exist\.\n$/);
      },
      START_TIMEOUT_MS,
    );
  });
});
