import { SilentLogger } from '@sluice/core';
import { UpstreamHttp, type Account, type Credential } from '@sluice/provider-kit';
import { replay, ScriptedVendor } from '@sluice/provider-kit/conformance';
import type { KiroLogin } from '../login/kiro-login.js';
import { credentialOf } from '../login/login-details.js';
import { KiroSettings } from '../settings.js';
import { ProfileFinder } from './profile-finder.js';

const ARN = 'arn:aws:codewhisperer:eu-central-1:111122223333:profile/A';
const IDC: KiroLogin = { authMethod: 'idc', accessToken: 'aoa', refreshToken: 'aor', region: 'eu-west-1' };
const answer = (value: object, status = 200) => replay({ status, chunks: [JSON.stringify(value)] });
const NOT_SUPPORTED = answer({ message: 'AWS Builder ID is not supported for this operation.' }, 403);

describe('ProfileFinder', () => {
  let http: UpstreamHttp;
  let vendor: ScriptedVendor;
  let finder: ProfileFinder;

  beforeEach(async () => {
    http = new UpstreamHttp();
    vendor = await ScriptedVendor.open(answer({ profiles: [{ arn: ' ' }, { arn: ARN }] }));
    finder = new ProfileFinder(http, new SilentLogger());
  });

  afterEach(async () => {
    await http.destroy();
    await vendor.close();
  });

  function complete(login: KiroLogin, settings: Record<string, unknown> = {}) {
    const account: Account = {
      id: 'kiro-1',
      provider: 'kiro',
      settings: KiroSettings.parse({ endpoints: { management: vendor.origin }, ...settings }),
      headers: {},
      transport: { timeouts: { connectMs: 10_000, firstByteMs: 10_000, idleMs: 10_000 } },
    };
    const credential: Credential = credentialOf(login, []);
    return finder.complete({ account, credential, login, signal: new AbortController().signal });
  }

  it('takes the first profile that the vendor lists', async () => {
    expect(await complete(IDC)).toEqual({ ...IDC, profileArn: ARN });

    expect(vendor.seen).toMatchObject([
      {
        method: 'POST',
        url: '/',
        headers: {
          authorization: 'Bearer aoa',
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'AmazonCodeWhispererService.ListAvailableProfiles',
        },
      },
    ]);
    expect(JSON.parse(vendor.seen[0]?.body.toString() ?? '')).toEqual({ maxResults: 10 });
  });

  it.each<[string, KiroLogin, Record<string, unknown>]>([
    ['has one', { ...IDC, profileArn: ARN }, {}],
    ['is declared with one', IDC, { profileArn: ARN }],
    ['is social', { ...IDC, authMethod: 'social' }, {}],
    ['is a Builder ID', { ...IDC, startUrl: 'https://view.awsapps.com/start' }, {}],
    ['is a Builder ID by its store’s word', { ...IDC, identityProvider: 'BuilderId' }, {}],
  ])('asks nobody for a login that %s', async (_name, login, settings) => {
    expect(await complete(login, settings)).toBe(login);
    expect(vendor.seen).toEqual([]);
  });

  it('asks the other region where the first has none', async () => {
    const scripts = [answer({ profiles: [] }), answer({ profiles: [{ arn: ARN }] })];
    vendor.answer((request, response) => scripts[vendor.seen.length - 1]?.(request, response));

    expect(await complete(IDC)).toMatchObject({ profileArn: ARN });
    expect(vendor.seen).toHaveLength(2);
  });

  it('remembers that there is none', async () => {
    vendor.answer(answer({ profiles: [] }));

    expect(await complete(IDC)).toBe(IDC);
    expect(await complete(IDC)).toBe(IDC);

    expect(vendor.seen).toHaveLength(2);
  });

  it('knows a Builder ID by the vendor’s refusal, and remembers it', async () => {
    vendor.answer(NOT_SUPPORTED);

    expect(await complete(IDC)).toEqual({ ...IDC, identityProvider: 'BuilderId' });
    expect(await complete(IDC)).toEqual({ ...IDC, identityProvider: 'BuilderId' });

    expect(vendor.seen).toHaveLength(1);
  });

  it.each([
    ['a fault', answer({ message: 'no' }, 500)],
    ['a refusal', answer({ message: 'no' }, 403)],
    ['what is no list', answer({})],
  ])('goes on without one after %s, and asks again the next time', async (_name, script) => {
    vendor.answer(script);
    expect(await complete(IDC)).toBe(IDC);
    vendor.answer(answer({ profiles: [{ arn: ARN }] }));

    expect(await complete(IDC)).toMatchObject({ profileArn: ARN });
  });
});
