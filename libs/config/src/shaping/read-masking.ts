import { createHmac } from 'node:crypto';
import type { Configuration } from '../configuration.js';
import type { MaskingSettings } from './shaping-settings.js';

/** Sets the key apart from everything else that is done with the encryption key. */
const PURPOSE = 'masked words';

/** How words are masked; undefined = there are none, for no account. */
export function readMasking({
  upstream,
  accounts,
  encryptionKey,
}: Pick<Configuration, 'upstream' | 'accounts' | 'encryptionKey'>): MaskingSettings | undefined {
  const words = upstream.maskedWords;
  if (words.length === 0 && accounts.every((account) => account.maskedWords.length === 0)) return undefined;
  return {
    words,
    ...(encryptionKey !== undefined && { key: createHmac('sha256', encryptionKey).update(PURPOSE).digest('hex') }),
  };
}
