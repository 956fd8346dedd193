import { isSecretName } from './secret-names.js';

describe('isSecretName', () => {
  it.each([
    'authorization',
    'Authorization',
    'proxy-authorization',
    'x-api-key',
    'X-Goog-Api-Key',
    'api_key',
    'apiKey',
    'OPENAI_API_KEY',
    'token',
    'access_token',
    'refreshToken',
    'idToken',
    'secret',
    'client_secret',
    'clientSecret',
    'password',
    'databasePassword',
    'cookie',
    'set-cookie',
    'secretAccessKey',
    'x-amz-security-token',
    'SLUICE_ENCRYPTION_KEY',
  ])('knows %s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each([
    '',
    'model',
    'maxTokens',
    'input_tokens',
    'keyboard',
    'accountId',
    'authMethod',
    'status',
    'toString',
    '__proto__',
  ])('does not know %s', (name) => {
    expect(isSecretName(name)).toBe(false);
  });

  it('answers right after forgetting', () => {
    for (let index = 0; index < 3000; index++) isSecretName(`name-${index}`);

    expect(isSecretName('apiKey')).toBe(true);
    expect(isSecretName('name-1')).toBe(false);
  });
});
