import { nearestName } from './nearest-name.js';

const ACCOUNT = ['apiKey', 'baseUrl', 'id', 'provider', 'models', 'excludeModels', 'maxConcurrency', 'timeouts'];
const ROOT = ['server', 'apiKeys', 'accounts', 'models', 'retry', 'metrics', 'logging'];

describe('nearestName', () => {
  it.each([
    ['base-url', ACCOUNT, 'baseUrl'],
    ['BaseURL', ACCOUNT, 'baseUrl'],
    ['max_concurrency', ACCOUNT, 'maxConcurrency'],
    ['provder', ACCOUNT, 'provider'],
    ['model', ACCOUNT, 'models'],
    ['key', ACCOUNT, 'apiKey'],
    ['url', ACCOUNT, 'baseUrl'],
    ['retries', ROOT, 'retry'],
    ['log', ROOT, 'logging'],
  ])('takes %s for what was meant', (name, candidates, meant) => {
    expect(nearestName(name, candidates)).toBe(meant);
  });

  it.each(['port', 'xy', 'organization'])('does not guess for %s', (name) => {
    expect(nearestName(name, ROOT)).toBeUndefined();
  });
});
