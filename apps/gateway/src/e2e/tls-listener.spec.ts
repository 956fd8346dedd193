import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import type { JsonObject } from '@sluice/core';
import { startFileGateway, type FileGateway } from './harness/start-file-gateway.js';

const pem = (name: string): string => readFileSync(new URL(`__fixtures__/tls/${name}.pem`, import.meta.url), 'utf8');
const ONE = { 'cert.pem': pem('test-only-one.cert'), 'key.pem': pem('test-only-one.key') };
const TWO = { 'cert.pem': pem('test-only-two.cert'), 'key.pem': pem('test-only-two.key') };
const TLS: JsonObject = { server: { tls: { certFile: 'cert.pem', keyFile: 'key.pem' } } };

interface Shown {
  readonly status: number | undefined;
  /** Whom the certificate names. */
  readonly name: string;
}

/** A new connection each time, that trusts both test certificates. */
function ask(url: string): Promise<Shown> {
  return new Promise((resolve, reject) => {
    const call = request(`${url}/health`, { ca: [ONE['cert.pem'], TWO['cert.pem']], agent: false }, (response) => {
      const { CN } = (response.socket as TLSSocket).getPeerCertificate().subject; // it is https
      response.resume().on('end', () => resolve({ status: response.statusCode, name: String(CN) }));
    });
    call.on('error', reject).end();
  });
}

describe('a listener with a certificate', () => {
  let test: FileGateway;

  afterEach(() => test.stop());

  const renew = async (files: Readonly<Record<string, string>>): Promise<void> => {
    for (const [name, text] of Object.entries(files)) await writeFile(join(test.folder, name), text);
  };

  it('serves over TLS', async () => {
    test = await startFileGateway({ files: ONE, sections: () => TLS });

    expect(test.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(await ask(test.url)).toEqual({ status: 200, name: 'Sluice test one' });
  });

  it('shows the new certificate as soon as both files are there, without a restart', async () => {
    test = await startFileGateway({ files: ONE, sections: () => TLS });

    await renew(TWO);

    expect(await test.nextReport(0)).toMatchObject({
      outcome: 'applied',
      changes: { settings: ['server.tls (the certificate)'], restart: [] },
    });
    expect(await ask(test.url)).toEqual({ status: 200, name: 'Sluice test two' });
  });

  it('keeps the old one when the new files do not belong together', async () => {
    test = await startFileGateway({ files: ONE, sections: () => TLS });

    await renew({ 'cert.pem': TWO['cert.pem'] });

    const { outcome, problems } = await test.nextReport(0);
    expect(outcome).toBe('refused');
    expect(problems.join()).toMatch(/server\.tls\.keyFile is not the key of the certificate in certFile/);
    expect(await ask(test.url)).toEqual({ status: 200, name: 'Sluice test one' });
  });

  it('is switched on and off by a restart only', async () => {
    test = await startFileGateway({ files: ONE });

    await test.save(TLS);

    expect(await test.nextReport(0)).toMatchObject({
      outcome: 'applied',
      waitingForRestart: ['server.tls.certFile', 'server.tls.keyFile'],
    });
    expect((await fetch(`${test.url}/health`)).status).toBe(200);
  });

  it('is not opened with files that do not belong together', async () => {
    test = await startFileGateway();
    const files = { 'cert.pem': ONE['cert.pem'], 'key.pem': TWO['key.pem'] };

    await expect(startFileGateway({ files, sections: () => TLS })).rejects.toThrow(
      /server\.tls\.keyFile is not the key of the certificate in certFile/,
    );
  });
});
