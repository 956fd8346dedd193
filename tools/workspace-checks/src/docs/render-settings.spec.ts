import type { SettingDescription } from '@sluice/config';
import { renderEnvironment, renderSettings } from './render-settings.js';

const PORT: SettingDescription = {
  path: 'server.port',
  provider: undefined,
  type: 'a whole number',
  default: '8000',
  description: 'The port.',
  hot: false,
  secret: false,
  environment: 'SLUICE_PORT',
  flag: 'port',
};
const API_KEY: SettingDescription = {
  path: 'accounts[].apiKey',
  provider: 'acme',
  type: 'text | none',
  default: undefined,
  description: 'A key: <any>, * or snake_case.',
  hot: true,
  secret: true,
  environment: undefined,
  flag: undefined,
};
const ECHO: SettingDescription = { ...PORT, path: 'echoModel', environment: undefined, hot: true };

describe('renderSettings', () => {
  it('makes one table per section, with members named from the section down', () => {
    expect(renderSettings([PORT, ECHO])).toBe(
      [
        '### `server`',
        '',
        '| member | allowed | default | what it does | effect |',
        '| --- | --- | --- | --- | --- |',
        '| `port` | a whole number | 8000 | The port. Environment: `SLUICE_PORT`. | restart |',
        '',
        '### `echoModel`',
        '',
        '| member | allowed | default | what it does | effect |',
        '| --- | --- | --- | --- | --- |',
        '| `echoModel` | a whole number | 8000 | The port. | hot |',
      ].join('\n'),
    );
  });

  it('gives the members of a provider a table of their own, and escapes markup', () => {
    const text = renderSettings([API_KEY]);

    expect(text).toContain('### `accounts[]` with `provider: acme`');
    expect(text).toContain(
      '| `apiKey` | text \\| none | **required** | A key: \\<any\\>, \\* or snake\\_case. **Secret**. | hot |',
    );
  });
});

describe('renderEnvironment', () => {
  it('lists the variables and what they override', () => {
    expect(renderEnvironment([PORT, API_KEY])).toBe(
      '| variable | overrides |\n| --- | --- |\n| `SLUICE_PORT` | `server.port` |',
    );
  });
});
