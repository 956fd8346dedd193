import { inferenceBase, managementBase, oidcBase, socialAuthBase } from './endpoints.js';
import { KiroSettings } from './settings.js';

const PROFILE = 'arn:aws:codewhisperer:eu-central-1:111122223333:profile/QWER1QAZSDFGH';
const SHARED_PROFILE = 'arn:aws:codewhisperer:us-east-1:638616132270:profile/AAAACCCCXXXX';

const settings = (members: Record<string, unknown>) => KiroSettings.parse(members);

describe('hosts', () => {
  it('85: the login’s region for the login, the profile’s for inference', () => {
    const account = settings({ region: 'eu-west-1', profileArn: PROFILE });

    expect(oidcBase(account)).toBe('https://oidc.eu-west-1.amazonaws.com');
    expect(inferenceBase(account, PROFILE)).toBe('https://q.eu-central-1.amazonaws.com');
  });

  it.each([
    [{}, undefined, 'us-east-1'],
    [{ region: 'us-west-2' }, undefined, 'us-east-1'],
    [{ region: 'ap-southeast-1' }, undefined, 'us-east-1'],
    [{ region: 'eu-north-1' }, undefined, 'eu-central-1'],
    [{ region: 'us-gov-west-1' }, undefined, 'us-gov-west-1'],
    [{ region: 'us-east-1' }, PROFILE, 'eu-central-1'],
    [{ region: 'eu-west-1' }, SHARED_PROFILE, 'eu-central-1'],
    [{ apiRegion: 'us-east-1' }, PROFILE, 'us-east-1'],
  ])('%j with %s has its API in %s', (members, profileArn, region) => {
    expect(inferenceBase(settings(members), profileArn)).toBe(`https://q.${region}.amazonaws.com`);
  });

  it('keep Kiro’s own login service in its one region unless told otherwise', () => {
    expect(socialAuthBase(settings({ region: 'eu-central-1' }))).toBe('https://prod.us-east-1.auth.desktop.kiro.dev');
    expect(socialAuthBase(settings({ authRegion: 'eu-central-1' }))).toBe(
      'https://prod.eu-central-1.auth.desktop.kiro.dev',
    );
  });

  it('can be other ones', () => {
    const endpoints = {
      inference: 'http://127.0.0.1:1',
      management: 'http://127.0.0.1:2',
      socialAuth: 'http://127.0.0.1:3',
      oidc: 'http://127.0.0.1:4',
    };
    const account = settings({ endpoints });

    expect([
      inferenceBase(account, PROFILE),
      managementBase(account, PROFILE),
      socialAuthBase(account),
      oidcBase(account),
    ]).toEqual(Object.values(endpoints));
  });

  it('serve what is beside inference from the same one', () => {
    expect(managementBase(settings({ endpoints: { inference: 'http://127.0.0.1:1' } }), undefined)).toBe(
      'http://127.0.0.1:1',
    );
  });
});
