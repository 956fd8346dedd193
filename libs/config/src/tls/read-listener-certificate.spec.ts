import { readFileSync } from 'node:fs';
import type { ReadTextFile } from '../source/read-text-file.js';
import { readListenerCertificate, type TlsFiles } from './read-listener-certificate.js';

const fixture = (name: string): string => readFileSync(new URL(`__fixtures__/${name}`, import.meta.url), 'utf8');
const ONE = fixture('test-only-one.cert.pem');
const ONE_KEY = fixture('test-only-one.key.pem');
const TWO = fixture('test-only-two.cert.pem');

const FILES: Readonly<Record<string, string>> = {
  '/etc/sluice/one.pem': ONE,
  '/etc/sluice/one.key': ONE_KEY,
  '/etc/sluice/two.pem': TWO,
  '/etc/sluice/locked.key': fixture('test-only-locked.key.pem'),
  '/etc/sluice/empty.pem': '\n',
  '/etc/sluice/words.pem': 'not a certificate',
};
const readFile: ReadTextFile = async (path) => {
  if (path === '/secret.key') throw Object.assign(new Error('no'), { code: 'EACCES' });
  return FILES[path];
};
const read = (tls: TlsFiles) => readListenerCertificate(tls, '/etc/sluice/sluice.yaml', readFile);

describe('readListenerCertificate', () => {
  it('reads both files, from the folder of the configuration', async () => {
    expect(await read({ certFile: 'one.pem', keyFile: '/etc/sluice/one.key' })).toEqual({
      certificate: { cert: ONE, key: ONE_KEY },
      findings: [],
    });
  });

  it('puts the certificates that lead on behind the own one', async () => {
    const { certificate } = await read({ certFile: 'one.pem', keyFile: 'one.key', caFile: 'two.pem' });

    expect(certificate?.cert).toBe(`${ONE}\n${TWO}`);
  });

  it.each<[string, Partial<TlsFiles>, string, RegExp]>([
    ['does not exist', { certFile: 'none.pem' }, 'certFile', /^names \/etc\/sluice\/none\.pem, which does not exist$/],
    ['is empty', { certFile: 'empty.pem' }, 'certFile', /does not begin with a certificate/],
    ['may not be read', { keyFile: '/secret.key' }, 'keyFile', /cannot be read \(EACCES\)$/],
    ['is no certificate', { certFile: 'words.pem' }, 'certFile', /does not begin with a certificate/],
    ['is no certificate either', { caFile: 'words.pem' }, 'caFile', /does not begin with a certificate/],
    ['is no key', { keyFile: 'two.pem' }, 'keyFile', /holds no private key/],
    ['is locked', { keyFile: 'locked.key' }, 'keyFile', /is locked with a passphrase$/],
    ['belongs to another one', { certFile: 'two.pem' }, 'keyFile', /^is not the key of the certificate in certFile$/],
  ])('refuses a file that %s', async (_name, members, member, message) => {
    const { certificate, findings } = await read({ certFile: 'one.pem', keyFile: 'one.key', ...members });

    expect(certificate).toBeUndefined();
    expect(findings).toMatchObject([{ path: ['server', 'tls', member], message: expect.stringMatching(message) }]);
  });

  it('names everything that is wrong at once', async () => {
    const { findings } = await read({ certFile: 'none.pem', keyFile: 'none.key' });

    expect(findings.map(({ path }) => path.at(-1))).toEqual(['certFile', 'keyFile']);
  });
});
