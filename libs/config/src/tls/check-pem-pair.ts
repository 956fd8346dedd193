import { createSecureContext } from 'node:tls';
import type { Path } from '../path.js';
import type { Finding } from '../source/finding.js';

/** Whether a certificate and a key were made together. @param section what declares both @returns undefined = they were */
export function checkPemPair(
  pair: { readonly cert: string; readonly key: string },
  section: Path,
): Finding | undefined {
  try {
    createSecureContext(pair);
    return undefined;
  } catch {
    return {
      path: [...section, 'keyFile'],
      message: 'is not the key of the certificate in certFile',
      fix: 'Name the two files that were made together.',
    };
  }
}
