import { findEnvironmentStart } from './environment-start.js';

const find = (environment: Readonly<Record<string, string>>, dotEnv?: string) =>
  findEnvironmentStart(environment, () => Promise.resolve(dotEnv));

describe('findEnvironmentStart', () => {
  it('finds nothing in an ordinary environment', async () => {
    expect(await find({ PATH: '/bin' })).toEqual({ yaml: undefined, hint: undefined });
  });

  it('reads the .env file of an older gateway', async () => {
    const { yaml, hint } = await find(
      {},
      'KIRO_CLI_DB_FILE="~/data.db"\nPROXY_API_KEY="a-password"\nKIRO_REGION="us-east-1"\n',
    );

    expect(yaml).toContain('sqliteFile: ~/data.db');
    expect(yaml).not.toContain('a-password');
    expect(hint).toBeUndefined();
  });

  it('takes the environment before the file', async () => {
    const { yaml } = await find({ KIRO_CREDS_FILE: '/real.json' }, 'KIRO_CREDS_FILE=/other.json\nPROXY_API_KEY=a\n');

    expect(yaml).toContain('tokenFile: /real.json');
  });

  it('says what is missing', async () => {
    const { yaml, hint } = await find({ KIRO_CLI_DB_FILE: '/data.db' });

    expect(yaml).toBeUndefined();
    expect(hint).toMatch(/^KIRO_CLI_DB_FILE names a login of Kiro, but PROXY_API_KEY is not set/);
  });
});
