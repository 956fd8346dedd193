import { z } from 'zod';
import { flag } from './number-settings.js';
import { hot } from './setting.js';
import { text } from './text-settings.js';

/** How vendors prove who they are, and we to them: of all accounts, or of one. */
export function upstreamTls() {
  return z
    .strictObject({
      caFile: hot(
        text().optional(),
        'The authorities that are trusted instead of the well-known ones, PEM; a relative path counts from the folder of this file.',
        { defaultText: 'the well-known ones' },
      ),
      certFile: hot(text().optional(), 'The certificate that we show to the vendor, PEM; with keyFile.'),
      keyFile: hot(text().optional(), 'Its private key, PEM, without a passphrase.'),
      serverName: hot(text().optional(), "The name that the vendor's certificate must have.", {
        defaultText: 'the host of the address',
      }),
      insecureSkipVerify: hot(
        flag().default(false),
        'Accept any certificate: whoever stands in between can read and change everything. Only for trying things out.',
      ),
    })
    .superRefine(({ certFile, keyFile }, context) => {
      if ((certFile === undefined) === (keyFile === undefined)) return;
      const missing = certFile === undefined ? 'certFile' : 'keyFile';
      context.addIssue({
        code: 'custom',
        path: [missing],
        message: 'is missing: a certificate and its key go together',
      });
    })
    .optional();
}
