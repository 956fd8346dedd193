import { inferenceBase, managementBase, oidcBase, runtimeBase, socialAuthBase } from './endpoints/hosts.js';
import { apiRegion, oidcRegion, otherApiRegion, socialAuthRegion, type Regions } from './regions.js';

const PROFILE = 'arn:aws:codewhisperer:eu-central-1:111122223333:profile/QWER1QAZSDFGH';
const SHARED_PROFILE = 'arn:aws:codewhisperer:us-east-1:638616132270:profile/AAAACCCCXXXX';

const inline = (login: Regions) => ({ login, all: {} });

describe('regions', () => {
  it('85: the login’s region for the login, the profile’s for inference', () => {
    const places = inline({ region: 'eu-west-1' });

    expect(oidcRegion(places)).toBe('eu-west-1');
    expect(apiRegion(places, PROFILE)).toBe('eu-central-1');
  });

  it.each<[Regions, string | undefined, string]>([
    [{}, undefined, 'us-east-1'],
    [{ region: 'us-west-2' }, undefined, 'us-east-1'],
    [{ region: 'ap-southeast-1' }, undefined, 'us-east-1'],
    [{ region: 'eu-north-1' }, undefined, 'eu-central-1'],
    [{ region: 'us-gov-west-1' }, undefined, 'us-gov-west-1'],
    [{ region: 'us-east-1' }, PROFILE, 'eu-central-1'],
    [{ region: 'eu-west-1' }, SHARED_PROFILE, 'eu-central-1'],
    [{ apiRegion: 'us-east-1' }, PROFILE, 'us-east-1'],
  ])('an inline %j with %s has its API in %s', (login, profileArn, region) => {
    expect(apiRegion(inline(login), profileArn)).toBe(region);
  });

  it.each<[string, Regions, Regions, string, string]>([
    [
      'the login’s own',
      { authRegion: 'us-east-2', region: 'eu-west-1' },
      { authRegion: 'eu-west-2' },
      'us-east-2',
      'eu-central-1',
    ],
    [
      'the login’s region',
      { region: 'eu-west-1' },
      { authRegion: 'eu-west-2', region: 'eu-west-3' },
      'eu-west-1',
      'eu-west-3',
    ],
    ['the one of all logins', {}, { authRegion: 'eu-west-2', region: 'us-east-1' }, 'eu-west-2', 'us-east-1'],
    ['the region of all', {}, { region: 'us-east-2' }, 'us-east-2', 'us-east-2'],
    ['the API’s own', { apiRegion: 'us-east-1' }, { apiRegion: 'eu-central-1' }, 'us-east-1', 'us-east-1'],
    [
      'the API’s own of all',
      { region: 'us-east-1' },
      { apiRegion: 'eu-central-1', region: 'us-east-1' },
      'us-east-1',
      'eu-central-1',
    ],
  ])('of a file’s login: %s', (_name, login, all, auth, api) => {
    expect([oidcRegion({ login, all }), apiRegion({ login, all }, undefined)]).toEqual([auth, api]);
  });

  it('a region of all logins counts before the profile’s', () => {
    expect(apiRegion({ login: {}, all: { region: 'us-east-1' } }, PROFILE)).toBe('us-east-1');
  });

  it('keep Kiro’s own login service in its one region unless told otherwise', () => {
    expect(socialAuthRegion(inline({ region: 'eu-central-1' }))).toBe('us-east-1');
    expect(socialAuthRegion(inline({ authRegion: 'eu-central-1' }))).toBe('eu-central-1');
    expect(socialAuthRegion({ login: {}, all: { region: 'eu-central-1' } })).toBe('us-east-1');
  });

  it.each([
    ['us-east-1', 'eu-central-1'],
    ['eu-central-1', 'us-east-1'],
    ['us-gov-west-1', undefined],
  ])('beside %s the API is in %s', (region, other) => {
    expect(otherApiRegion(region)).toBe(other);
  });
});

describe('hosts', () => {
  it('are the vendor’s own', () => {
    const places = inline({ region: 'eu-west-1' });

    expect([
      inferenceBase({}, 'eu-central-1'),
      runtimeBase({}, 'eu-central-1'),
      managementBase({}, 'eu-central-1'),
      socialAuthBase({}, places),
      oidcBase({}, places),
    ]).toEqual([
      'https://q.eu-central-1.amazonaws.com',
      'https://runtime.eu-central-1.kiro.dev',
      'https://q.eu-central-1.amazonaws.com',
      'https://prod.us-east-1.auth.desktop.kiro.dev',
      'https://oidc.eu-west-1.amazonaws.com',
    ]);
  });

  it('can be other ones', () => {
    const endpoints = {
      inference: 'http://127.0.0.1:1',
      runtime: 'http://127.0.0.1:2',
      management: 'http://127.0.0.1:3',
      socialAuth: 'http://127.0.0.1:4',
      oidc: 'http://127.0.0.1:5',
    };

    expect([
      inferenceBase({ endpoints }, 'us-east-1'),
      runtimeBase({ endpoints }, 'us-east-1'),
      managementBase({ endpoints }, 'us-east-1'),
      socialAuthBase({ endpoints }, inline({})),
      oidcBase({ endpoints }, inline({})),
    ]).toEqual(Object.values(endpoints));
  });

  it('serve what is beside inference from the same one', () => {
    expect(managementBase({ endpoints: { inference: 'http://127.0.0.1:1' } }, 'us-east-1')).toBe('http://127.0.0.1:1');
  });
});
