import { SAMPLE_PROVIDERS } from './__fixtures__/sample-providers.js';
import { configurationOf, linesOf, loadText } from './__fixtures__/load-text.js';
import { loadConfiguration } from './load-configuration.js';
import { formatProblem } from './problem.js';

const OPEN = 'server: { allowUnauthenticated: true }\n';
const KEYS = "apiKeys: [{ name: local, key: '${SLUICE_KEY}' }]\n";

describe('loadConfiguration', () => {
  it('completes a small file with defaults', async () => {
    const configuration = await configurationOf(
      `${KEYS}accounts: [{ id: a, provider: openai, apiKey: '\${OPENAI_API_KEY}' }]`,
      { env: { SLUICE_KEY: 'k-1', OPENAI_API_KEY: 'k-2' } },
    );

    expect(configuration).toMatchObject({
      file: 'sluice.yaml',
      server: { host: '127.0.0.1', port: 8000, maxBodyBytes: 33_554_432, cors: { origins: '*' } },
      apiKeys: [{ name: 'local', key: 'k-1', scopes: [] }],
      accounts: [
        {
          id: 'a',
          enabled: true,
          priority: 0,
          weight: 1,
          cooldown: { enabled: true },
          settings: { apiKey: 'k-2', baseUrl: 'https://api.openai.com/v1', wireApi: 'auto', streamUsage: true },
        },
      ],
      retry: { maxAttempts: 6 },
      logging: { level: 'info' },
      database: { url: 'embedded' },
      dataDirectory: './.sluice',
    });
  });

  it('gives a configuration that nobody can change', async () => {
    const configuration = await configurationOf(`${OPEN}accounts: [{ id: a, provider: openai, apiKey: k }]`);

    expect(Object.isFrozen(configuration.server.cors)).toBe(true);
    expect(Object.isFrozen(configuration.accounts[0]?.settings)).toBe(true);
  });

  it('takes a section whose members are all commented out for absent', async () => {
    expect((await configurationOf(`${OPEN}retry:\n  # maxAttempts: 3\nmodels:\n`)).retry.maxAttempts).toBe(6);
  });

  describe('precedence', () => {
    const file = 'server: { port: 1, allowUnauthenticated: true }';

    it.each([
      ['the file over the default', {}, 1],
      ['.env over the file', { dotEnv: 'SLUICE_PORT=2' }, 2],
      ['the environment over .env', { dotEnv: 'SLUICE_PORT=2', env: { SLUICE_PORT: '3' } }, 3],
      ['a flag over the environment', { env: { SLUICE_PORT: '3' }, flags: { port: 4 } }, 4],
      ['anything over an empty variable', { env: { SLUICE_PORT: '' } }, 1],
    ])('puts %s', async (_name, options, port) => {
      expect((await configurationOf(file, options)).server.port).toBe(port);
    });

    it('reads every override there is', async () => {
      const env = {
        SLUICE_HOST: '::1',
        SLUICE_PORT: '9',
        SLUICE_LOG_LEVEL: 'debug',
        SLUICE_DATA: '/data',
        SLUICE_ENCRYPTION_KEY: 'k',
        DATABASE_URL: 'postgres://db/sluice',
        REDIS_URL: 'redis://cache:6379',
      };

      expect(await configurationOf(OPEN, { env })).toMatchObject({
        server: { host: '::1', port: 9 },
        logging: { level: 'debug' },
        dataDirectory: '/data',
        encryptionKey: 'k',
        database: { url: 'postgres://db/sluice' },
        redis: { url: 'redis://cache:6379' },
      });
    });

    it('expands variables of .env in the file', async () => {
      expect((await configurationOf(KEYS, { dotEnv: 'SLUICE_KEY=from-file' })).apiKeys[0]?.key).toBe('from-file');
    });
  });

  describe('files', () => {
    const load = async (
      files: Readonly<Record<string, string>>,
      env: Readonly<Record<string, string>>,
      file?: string,
    ) => {
      const reads: string[] = [];
      const readFile = (path: string): Promise<string | undefined> => {
        reads.push(path);
        return Promise.resolve(files[path]);
      };
      return { outcome: await loadConfiguration({ file, env, providers: SAMPLE_PROVIDERS, readFile }), reads };
    };

    it('reads the file and the .env beside it once each', async () => {
      const { outcome, reads } = await load({ 'conf/a.yaml': OPEN }, {}, 'conf/a.yaml');

      expect(outcome.ok).toBe(true);
      expect(reads).toEqual(['conf/a.yaml', 'conf/.env']);
    });

    it('finds the file by SLUICE_CONFIG, and a file from the command line first', async () => {
      const files = { 'a.yaml': OPEN, 'b.yaml': OPEN };

      expect((await load(files, { SLUICE_CONFIG: 'a.yaml' })).reads).toContain('a.yaml');
      expect((await load(files, { SLUICE_CONFIG: 'a.yaml' }, 'b.yaml')).reads).toContain('b.yaml');
    });

    it('does without a file', async () => {
      const options = { env: {}, providers: SAMPLE_PROVIDERS, readFile: () => Promise.resolve(undefined) };

      expect((await loadConfiguration({ ...options, flags: { allowUnauthenticated: true } })).ok).toBe(true);
      expect(await loadConfiguration(options)).toMatchObject({
        ok: false,
        problems: [{ file: '(no configuration file)', path: 'apiKeys' }],
      });
    });

    it('says that a file is not there', async () => {
      const { outcome } = await load({}, {}, 'gone.yaml');

      expect(outcome).toMatchObject({
        ok: false,
        problems: [{ file: 'gone.yaml', message: 'the file does not exist' }],
      });
    });

    it('says why a file cannot be read, and passes over a directory called .env', async () => {
      const readFile = (path: string): Promise<string> =>
        Promise.reject(Object.assign(new Error(), { code: path === '.env' ? 'EISDIR' : 'EACCES' }));

      const outcome = await loadConfiguration({ file: 'a.yaml', env: {}, providers: SAMPLE_PROVIDERS, readFile });

      expect(outcome.ok ? [] : outcome.problems.map(formatProblem)).toEqual([
        'a.yaml: the file cannot be read (EACCES).',
      ]);
    });

    it('reads the real file system unless told otherwise', async () => {
      const outcome = await loadConfiguration({ file: '/nonexistent/sluice.yaml', env: {}, providers: [] });

      expect(outcome).toMatchObject({ ok: false, problems: [{ message: 'the file does not exist' }] });
    });
  });

  describe('problems', () => {
    it('reports everything at once, in the order of the file', async () => {
      const lines = await linesOf(
        [
          'server:',
          '  port: 99999',
          'logging: { level: verbose }',
          'accounts:',
          '  - { id: a, provider: openai, apiKey: k, baseURL: "https://x.example" }',
        ].join('\n'),
      );

      expect(lines).toEqual([
        'sluice.yaml: apiKeys has no key, so nobody could use the gateway. Declare a key ({ name, key }), or set server.allowUnauthenticated: true to serve anyone without one.',
        'sluice.yaml:2:3: server.port is too large (99999). Allowed: a whole number, 0 to 65535.',
        'sluice.yaml:3:12: logging.level is "verbose", which is not known. Allowed: debug | info | warn | error | silent.',
        'sluice.yaml:5:43: accounts[0].baseURL is not a setting of openai accounts. Did you mean baseUrl? Allowed: apiKey, baseUrl, organization, project, wireApi, streamUsage, id, provider, enabled, models, excludeModels, prefix, priority, weight, owner, maxConcurrency, headers, maskedWords, proxyUrl, timeouts, tls, cooldown.',
      ]);
    });

    it('names the variable, the flag or the .env file where the value came from', async () => {
      expect(await linesOf(OPEN, { env: { SLUICE_PORT: 'eighty' } })).toEqual([
        'environment: SLUICE_PORT is "eighty", which is not a number. Allowed: a whole number, 0 to 65535.',
      ]);
      expect(await linesOf(OPEN, { dotEnv: 'SLUICE_LOG_LEVEL=warning' })).toEqual([
        '.env: SLUICE_LOG_LEVEL is "warning", which is not known. Did you mean warn? Allowed: debug | info | warn | error | silent.',
      ]);
      expect(await linesOf(OPEN, { flags: { logLevel: 'loud' } })).toEqual([
        'command line: --log-level is "loud", which is not known. Allowed: debug | info | warn | error | silent.',
      ]);
    });

    it('names a missing variable once, and not what follows from it', async () => {
      const text =
        "apiKeys:\n  - { name: a, key: '${A_KEY}' }\n  - { name: b, key: '${A_KEY}' }\nupstream: { proxyUrl: '${PROXY}' }";

      const lines = await linesOf(text);

      expect(lines.map((line) => line.split(' needs ')[0])).toEqual([
        'sluice.yaml:2:16: apiKeys[0].key',
        'sluice.yaml:3:16: apiKeys[1].key',
        'sluice.yaml:4:13: upstream.proxyUrl',
      ]);
    });

    it('stops at a text that is not YAML', async () => {
      expect(await linesOf('server:\n\tport: 1')).toEqual([
        'sluice.yaml:2:1: the line is indented with a tab. Indent with blanks.',
      ]);
    });

    it.each(['- a\n- b', 'just text'])('refuses a root that is not a mapping', async (text) => {
      expect((await linesOf(text))[0]).toContain('the configuration must not be');
    });

    it('never shows a secret, wherever it was put', async () => {
      const secret = 'sk-hunter2-hunter2';
      const text = [
        `apiKeys: [{ name: 1, key: ${secret} }, { name: x, key: ${secret} }, ${secret}, { ${secret}: me }]`,
        'accounts:',
        `  - { id: a, provider: ${secret}, apiKey: ${secret} }`,
        `  - { id: b, provider: openai, apiKey: [${secret}], wireApi: ${secret}, enabled: ${secret} }`,
        `  - { id: '${secret}/', provider: openai, proxyUrl: 'ftp://u:${secret}@h', headers: { x: [${secret}] } }`,
        `models: [{ alias: '${secret} ', targets: ['${secret}/x'] }]`,
        "logging: { level: '${LEVEL}' }",
      ].join('\n');

      const lines = await linesOf(text, { env: { LEVEL: 'hunter2', DATABASE_URL: `mysql://u:${secret}@h` } });

      expect(lines.length).toBeGreaterThan(10);
      expect(lines.join('\n')).not.toContain('hunter2');
    });
  });

  describe('access', () => {
    it.each(['', 'apiKeys: []', 'apiKeys:'])('is refused without keys (%j)', async (text) => {
      expect((await linesOf(text))[0]).toContain('apiKeys has no key');
    });

    it('is refused without keys even with a database', async () => {
      expect((await linesOf('', { env: { DATABASE_URL: 'postgres://db/sluice' } }))[0]).toContain('apiKeys has no key');
    });

    it.each([
      ['127.0.0.1', 0],
      ['localhost', 0],
      ['0.0.0.0', 1],
      ['gateway.example.com', 1],
    ])('for everybody on %s brings %i warnings', async (host, count) => {
      const outcome = await loadText(`server: { allowUnauthenticated: true, host: ${host} }`);

      expect(outcome.ok && outcome.warnings).toHaveLength(count);
    });
  });
});
