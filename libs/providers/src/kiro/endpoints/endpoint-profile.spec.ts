import { KiroSettings } from '../settings.js';
import { endpointOrder, type EndpointChoice } from './endpoint-profile.js';

const ELSEWHERE = { endpoints: { inference: 'http://127.0.0.1:1' } };
const BOTH = { endpoints: { inference: 'http://127.0.0.1:1', runtime: 'http://127.0.0.1:2' } };

const order = (settings: Record<string, unknown>, facts: Partial<EndpointChoice> = {}) =>
  endpointOrder({
    settings: KiroSettings.parse(settings),
    isKey: false,
    hasProfile: false,
    isSingleSignOn: false,
    ...facts,
  }).map(({ name }) => name);

describe('endpointOrder', () => {
  it.each<[string, Record<string, unknown>, Partial<EndpointChoice>, readonly string[]]>([
    ['a social login', {}, {}, ['ide', 'runtime']],
    ['an organisation’s login', {}, { isSingleSignOn: true, hasProfile: true }, ['ide', 'runtime']],
    ['a Builder ID', {}, { isSingleSignOn: true }, ['cli', 'runtime']],
    ['a key', {}, { isKey: true }, ['cli', 'runtime']],
    ['one choice', { endpoint: 'cli' }, {}, ['cli']],
    ['several choices', { endpoint: ['runtime', 'ide'] }, { isKey: true }, ['runtime', 'ide']],
    ['another host', ELSEWHERE, {}, ['ide']],
    ['another host, for a key', ELSEWHERE, { isKey: true }, ['cli']],
    ['two other hosts', BOTH, {}, ['ide', 'runtime']],
  ])('of %s', (_name, settings, facts, names) => {
    expect(order(settings, facts)).toEqual(names);
  });
});
