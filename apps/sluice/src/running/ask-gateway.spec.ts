import { FakeGateway } from '../__fixtures__/fake-gateway.js';
import { PUBLISHED } from '../__fixtures__/fake-instance.js';
import { askGateway, type AskFlags } from './ask-gateway.js';

describe('askGateway', () => {
  let gateway: FakeGateway;
  beforeEach(() => {
    gateway = new FakeGateway();
  });

  const ask = (flags: AskFlags = {}) => askGateway('/sluice/accounts', flags, gateway);
  const keyShown = async (flags: AskFlags = {}): Promise<string | null | undefined> => {
    await ask(flags);
    return gateway.asked[0]?.[1];
  };

  it('asks where the process listens that the pid file names', async () => {
    gateway.answer = () => [200, { a: 1 }];

    expect(await ask()).toEqual({ type: 'told', url: 'http://127.0.0.1:8000', document: { a: 1 } });
    expect(gateway.asked.map(([url]) => url)).toEqual(['http://127.0.0.1:8000/sluice/accounts']);
  });

  it.each([
    ['http://0.0.0.0:8000', 'http://127.0.0.1:8000/sluice/accounts'],
    ['https://[::]:8443', 'https://[::1]:8443/sluice/accounts'],
  ])('calls a gateway that listens on %s by the address of this machine', async (listens, called) => {
    gateway.found = { kind: 'running', pid: PUBLISHED.pid, state: { ...PUBLISHED, url: listens } };

    await ask();

    expect(gateway.asked[0]?.[0]).toBe(called);
  });

  it('asks at the address that is given, whatever the pid file says', async () => {
    gateway.found = { kind: 'none' };

    await ask({ url: 'https://gate.example' });

    expect(gateway.asked[0]?.[0]).toBe('https://gate.example/sluice/accounts');
  });

  it.each<[string, AskFlags, Partial<FakeGateway>]>([
    ['none runs', {}, { found: { kind: 'none' } }],
    ['it has left its pid file behind', {}, { found: { kind: 'stale', pid: 1 } }],
    ['it does not listen yet', {}, { found: { kind: 'running', pid: 1, state: undefined } }],
    ['it runs with another configuration than is asked about', { config: 'other.yaml' }, {}],
    ['nobody is to be asked', { offline: true, url: 'http://127.0.0.1:1' }, {}],
  ])('asks nobody where %s', async (_when, flags, members) => {
    Object.assign(gateway, members);

    expect(await ask(flags)).toEqual({ type: 'nobody' });
    expect(gateway.asked).toEqual([]);
  });

  it('asks the one that runs with the configuration that is asked about', async () => {
    expect(await ask({ config: './sluice.yaml' })).toMatchObject({ type: 'told' });
  });

  describe('shows the key', () => {
    it('that is given', async () => {
      expect(await keyShown({ key: 'a-key-of-mine' })).toBe('Bearer a-key-of-mine');
    });

    it('whose name is given', async () => {
      expect(await keyShown({ key: 'app' })).toBe('Bearer key-of-app');
    });

    it('of the environment', async () => {
      gateway.variables = { SLUICE_KEY: 'key-of-environment' };

      expect(await keyShown()).toBe('Bearer key-of-environment');
    });

    it('of the configuration that may be told', async () => {
      expect(await keyShown()).toBe('Bearer key-of-operator');
    });

    it('of the configuration to no address that is given', async () => {
      expect(await keyShown({ url: 'https://gate.example' })).toBeNull();
    });

    it('to nobody where there is none', async () => {
      gateway.keys = [];

      expect(await keyShown()).toBeNull();
    });
  });

  it.each<[string, FakeGateway['answer'], RegExp]>([
    [
      'cannot be reached',
      () => new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }),
      /cannot be reached \(ECONNREFUSED\)\.$/,
    ],
    [
      'refuses the key',
      () => [403, { error: { message: 'Only a key with the scope.' } }],
      /: Only a key with the scope\. \(403\)$/,
    ],
    ['is something else', () => [200, '<html>'], /answers with 200 and no document of ours/],
    ['is an older version', () => [404, ''], /answers with 404 .*older version/],
    ['never ends', () => [200, 'x'.repeat(16 * 1024 * 1024 + 1)], /too long/],
  ])('says so when it %s', async (_what, answer, message) => {
    gateway.answer = answer;

    expect(await ask()).toEqual({ type: 'failed', isChosen: false, message: expect.stringMatching(message) as string });
  });

  it('shows no key in what it says', async () => {
    gateway.answer = () => [401, { error: { message: 'No.' } }];

    expect(JSON.stringify(await ask({ key: 'a-key-of-mine' }))).not.toContain('a-key-of-mine');
  });

  it('refuses an address that is none', async () => {
    expect(await ask({ url: 'gate' })).toMatchObject({
      type: 'failed',
      isChosen: true,
      message: '--url: gate is no address, as http://127.0.0.1:8000 is one.',
    });
  });
});
