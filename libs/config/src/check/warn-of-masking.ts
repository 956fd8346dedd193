import { isMapping } from '../path.js';
import type { ConfigurationTree } from '../source/configuration-tree.js';
import type { Finding } from '../source/finding.js';

const PATH = ['upstream', 'maskedWords'];

/** Words are masked, and what stands for them will be something else after every start. */
export function warnOfMasking(tree: ConfigurationTree): readonly Finding[] {
  if (tree.at(['encryptionKey']) !== undefined) return [];
  const owner = tree.mappingsOf('accounts').find(({ item }) => hasWords(item['maskedWords']));
  const upstream = tree.at(['upstream']);
  const isForAll = isMapping(upstream) && hasWords(upstream['maskedWords']);
  if (!isForAll && owner === undefined) return [];
  return [
    {
      path: isForAll || owner === undefined ? PATH : ['accounts', owner.index, 'maskedWords'],
      message:
        'is used without an encryptionKey: with every start other placeholders stand for the words, and vendors’ prompt caches ' +
        'do not know them',
      fix: 'Set encryptionKey (SLUICE_ENCRYPTION_KEY).',
    },
  ];
}

function hasWords(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}
