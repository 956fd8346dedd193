import { SAMPLE_PROVIDERS } from '../__fixtures__/sample-providers.js';
import { describeConfiguration } from './describe-configuration.js';

const ROWS = describeConfiguration(SAMPLE_PROVIDERS);
const rowOf = (path: string, provider?: string) => ROWS.find((row) => row.path === path && row.provider === provider);

describe('describeConfiguration', () => {
  it('tells type, default, purpose and effect of a setting', () => {
    expect(rowOf('server.port')).toMatchObject({
      type: 'a whole number, 0 to 65535',
      default: '8000',
      hot: false,
      secret: false,
      environment: 'SLUICE_PORT',
      flag: 'port',
    });
    expect(rowOf('logging.level')).toMatchObject({ type: 'debug | info | warn | error | silent', default: 'info' });
    expect(rowOf('server.maxBodyBytes')).toMatchObject({ default: '32MiB', hot: true });
  });

  it('goes into lists of mappings, and not into lists of values', () => {
    expect(rowOf('models[].targets')?.type).toBe("a list of: a model's name, or a mapping with target, weight");
    expect(rowOf('accounts[].timeouts.idleMs')?.default).toBe('upstream.timeouts.idleMs');
  });

  it("adds every provider's own members, and which of them are secret", () => {
    expect(rowOf('accounts[].apiKey', 'anthropic')).toMatchObject({ default: undefined, secret: true, hot: true });
    expect(rowOf('accounts[].baseUrl', 'openai')).toMatchObject({ default: 'https://api.openai.com/v1' });
    expect(rowOf('accounts[].baseUrl', 'openai-compatible')?.default).toBeUndefined();
    expect(rowOf('accounts[].wireApi', 'anthropic')).toBeUndefined();
  });

  it('has a purpose for every setting', () => {
    expect(ROWS.filter(({ description }) => description === '')).toEqual([]);
  });

  it('names an environment variable and a flag only once', () => {
    const names = ROWS.flatMap(({ environment, flag }) => [environment, flag]).filter((name) => name !== undefined);

    expect(new Set(names).size).toBe(names.length);
  });
});
