import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SAMPLE_PROVIDERS } from '../__fixtures__/sample-providers.js';
import { buildSnapshot } from '../build-snapshot.js';
import { loadConfiguration } from '../load-configuration.js';
import { formatProblem } from '../problem.js';

const FIXTURES = resolve(import.meta.dirname, '../../../provider-kit/src/http/__fixtures__');
const CERT = readFileSync(resolve(FIXTURES, 'localhost.cert.pem'), 'utf8');
const KEY = readFileSync(resolve(FIXTURES, 'localhost.key.pem'), 'utf8');

/** Files by the path that they are read under; the configuration lies in a folder of its own. */
function load(sections: object, files: Readonly<Record<string, string>> = {}) {
  const text = JSON.stringify({ server: { allowUnauthenticated: true }, ...sections });
  const known = new Map([['/etc/gate/sluice.json', text], ...Object.entries(files)]);
  const readFile = (path: string): Promise<string | undefined> => {
    if (known.get(path) === 'locked') return Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' }));
    return Promise.resolve(known.get(path));
  };
  return loadConfiguration({ file: '/etc/gate/sluice.json', env: {}, providers: SAMPLE_PROVIDERS, readFile });
}

/** Another key than that of the certificate. */
const otherKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const account = (members: object = {}) => ({ id: 'a', provider: 'openai', apiKey: 'k', ...members });

async function transportOf(sections: object, files?: Readonly<Record<string, string>>) {
  const outcome = await load(sections, files);
  if (!outcome.ok) throw new Error(outcome.problems.map(formatProblem).join('\n'));
  return buildSnapshot(outcome.configuration, SAMPLE_PROVIDERS, 1).accounts[0]?.account.transport;
}

async function linesOf(sections: object, files?: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const outcome = await load(sections, files);
  return outcome.ok ? [] : outcome.problems.map(formatProblem);
}

describe('the TLS of vendors', () => {
  it('is that of the account, with what stands in its files', async () => {
    const tls = { caFile: 'pki/ca.pem', certFile: '/pki/our.pem', keyFile: '../our.key', serverName: 'vendor.example' };

    const transport = await transportOf(
      { accounts: [account({ tls })] },
      { '/etc/gate/pki/ca.pem': CERT, '/pki/our.pem': CERT, '/etc/our.key': KEY },
    );

    expect(transport?.tls).toEqual({ ca: CERT, cert: CERT, key: KEY, servername: 'vendor.example' });
  });

  it('is everybody’s where the account has none, and the account’s as a whole where it has', async () => {
    const upstream = { tls: { caFile: 'ca.pem', serverName: 'all.example' } };
    const files = { '/etc/gate/ca.pem': CERT };

    expect((await transportOf({ upstream, accounts: [account()] }, files))?.tls).toEqual({
      ca: CERT,
      servername: 'all.example',
    });
    expect(
      (await transportOf({ upstream, accounts: [account({ tls: { serverName: 'one.example' } })] }, files))?.tls,
    ).toEqual({ servername: 'one.example' });
  });

  it('is not mentioned where nobody declares it', async () => {
    expect(await transportOf({ accounts: [account()] })).not.toHaveProperty('tls');
  });

  it('may be switched off, which is a warning', async () => {
    const outcome = await load({ accounts: [account({ tls: { insecureSkipVerify: true } })] });

    expect(outcome.ok && outcome.configuration.accounts[0]?.upstreamTls).toEqual({ rejectUnauthorized: false });
    expect(outcome.ok && outcome.warnings.map(formatProblem).join()).toContain(
      'accounts[0].tls.insecureSkipVerify makes any certificate good enough',
    );
  });

  it('tells whoever watches files what was read', async () => {
    const { files } = await load(
      { upstream: { tls: { caFile: 'ca.pem' } }, accounts: [account()] },
      { '/etc/gate/ca.pem': CERT },
    );

    expect(files.map(({ path }) => path)).toContain('/etc/gate/ca.pem');
  });

  it.each<[what: string, tls: object, line: RegExp]>([
    [
      'a file that is not there',
      { caFile: 'gone.pem' },
      /accounts\[0\]\.tls\.caFile names \/etc\/gate\/gone\.pem, which does not exist\.$/,
    ],
    [
      'a file that cannot be read',
      { caFile: 'locked.pem' },
      /accounts\[0\]\.tls\.caFile names \/etc\/gate\/locked\.pem, which cannot be read \(EACCES\)\.$/,
    ],
    [
      'a file that holds something else',
      { caFile: 'our.key' },
      /tls\.caFile names .*, which does not begin with a certificate in PEM form\. It begins with -----BEGIN CERTIFICATE-----\.$/,
    ],
    [
      'a key that is none',
      { certFile: 'our.pem', keyFile: 'our.pem' },
      /tls\.keyFile names .*, which holds no private key in PEM form\.$/,
    ],
    [
      'a key with a passphrase',
      { certFile: 'our.pem', keyFile: 'encrypted.key' },
      /tls\.keyFile names .*, which is locked with a passphrase\. Write it without one/,
    ],
    [
      'a key of another certificate',
      { certFile: 'our.pem', keyFile: 'other.key' },
      /tls\.keyFile is not the key of the certificate in certFile\. Name the two files that were made together\.$/,
    ],
    [
      'a certificate without its key',
      { certFile: 'our.pem' },
      /tls\.keyFile is missing: a certificate and its key go together/,
    ],
    [
      'a key without its certificate',
      { keyFile: 'our.key' },
      /tls\.certFile is missing: a certificate and its key go together/,
    ],
    ['a member that is not known', { ca: 'x' }, /accounts\[0\]\.tls\.ca is not /],
  ])('is refused with %s', async (_what, tls, line) => {
    const lines = await linesOf(
      { accounts: [account({ tls })] },
      {
        '/etc/gate/our.pem': CERT,
        '/etc/gate/our.key': KEY,
        '/etc/gate/other.key': otherKey(),
        '/etc/gate/encrypted.key': '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n',
        '/etc/gate/locked.pem': 'locked',
      },
    );

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(line);
    expect(lines[0]).not.toContain('PRIVATE KEY');
  });

  it('of an account that is switched off is nobody’s trouble', async () => {
    expect(await linesOf({ accounts: [account({ enabled: false, tls: { caFile: 'gone.pem' } })] })).toEqual([]);
  });
});
