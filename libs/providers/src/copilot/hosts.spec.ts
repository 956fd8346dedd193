import type { Account } from '@sluice/provider-kit';
import { copilotBase, githubApiBase, isTrustedBase, loginBase } from './hosts.js';

const accountWith = (settings: Account['settings']): Account => ({
  id: 'a',
  provider: 'copilot',
  settings,
  headers: {},
  transport: { timeouts: { connectMs: 1, firstByteMs: 1, idleMs: 1 } },
});
const TOLD = 'https://api.individual.githubcopilot.com';

describe('the hosts of an account', () => {
  it.each([
    ['nothing', {}, undefined, 'https://api.githubcopilot.com'],
    ['an individual plan', {}, { plan: 'individual' }, 'https://api.githubcopilot.com'],
    ['a business plan', {}, { plan: 'business' }, 'https://api.business.githubcopilot.com'],
    ['an enterprise plan', {}, { plan: 'enterprise' }, 'https://api.enterprise.githubcopilot.com'],
    ['a plan that nobody knows', {}, { plan: 'constructor' }, 'https://api.githubcopilot.com'],
    ['what GitHub told', {}, { plan: 'business', apiBaseUrl: TOLD }, TOLD],
    ['a tenant', { githubHost: 'acme.ghe.com' }, undefined, 'https://copilot-api.acme.ghe.com'],
    ["the operator's word", { baseUrl: 'http://127.0.0.1:1' }, { apiBaseUrl: TOLD }, 'http://127.0.0.1:1'],
  ])('Copilot by %s', (_case, settings, details, expected) => {
    const credential = { kind: 'oauth', secret: 't', ...(details === undefined ? {} : { details }) };

    expect(copilotBase(accountWith(settings), credential)).toBe(expected);
  });

  it('GitHub itself', () => {
    expect([loginBase({}), githubApiBase({})]).toEqual(['https://github.com', 'https://api.github.com']);
    const tenant = { githubHost: 'acme.ghe.com' };
    expect([loginBase(tenant), githubApiBase(tenant)]).toEqual(['https://acme.ghe.com', 'https://api.acme.ghe.com']);
    const endpoints = { login: 'http://l', api: 'http://a' };
    expect([loginBase({ endpoints }), githubApiBase({ endpoints })]).toEqual(['http://l', 'http://a']);
  });
});

describe('isTrustedBase', () => {
  it.each([
    ['https://api.individual.githubcopilot.com', {}, true],
    ['https://githubcopilot.com', {}, true],
    ['https://copilot-api.acme.ghe.com', { githubHost: 'acme.ghe.com' }, true],
    ['https://copilot-api.acme.ghe.com', {}, false],
    ['https://copilot-api.other.ghe.com', { githubHost: 'acme.ghe.com' }, false],
    ['http://api.githubcopilot.com', {}, false],
    ['https://api.githubcopilot.com:8443', {}, false],
    ['https://user@api.githubcopilot.com', {}, false],
    ['https://evilgithubcopilot.com', {}, false],
    ['https://githubcopilot.com.evil.example', {}, false],
    ['https://169.254.169.254', {}, false],
    ['https://api.githubcopilot.com#@evil.example', {}, false],
    ['https://api.githubcopilot.com?to=evil.example', {}, false],
    ['https:api.githubcopilot.com://evil.example', {}, false],
    ['https://evil.example\\.githubcopilot.com', {}, false],
    ['nonsense', {}, false],
  ])('%s for %j: %s', (address, settings, expected) => {
    expect(isTrustedBase(address, settings)).toBe(expected);
  });
});
