import { isMapping } from '../path.js';
import type { ConfigurationTree } from '../source/configuration-tree.js';
import type { Finding } from '../source/finding.js';

/**
 * Targets of aliases that nobody serves: another alias, or a misspelt model. Only where every account lists its models, since
 * the vendors of the others are not asked here.
 */
export function warnOfDeadEnds(tree: ConfigurationTree): readonly Finding[] {
  const lists = tree.mappingsOf('accounts').map(({ item }) => item['models']);
  if (lists.length === 0 || !lists.every(isFilled)) return [];
  const globs = lists.flat().filter((glob) => typeof glob === 'string');
  const aliases = tree.mappingsOf('models').map(({ item }) => item['alias']);
  return tree.mappingsOf('models').flatMap(({ index, item }) => {
    const targets: readonly unknown[] = Array.isArray(item['targets']) ? item['targets'] : [];
    return targets.flatMap((entry, position) => {
      const target = isMapping(entry) ? entry['target'] : entry;
      if (typeof target !== 'string' || target.includes('/')) return []; // with an owner, that was looked for already
      if (globs.some((glob) => target.startsWith(literalHead(glob)))) return [];
      const path = ['models', index, 'targets', position, ...(isMapping(entry) ? ['target'] : [])];
      const fix = aliases.includes(target)
        ? 'It is an alias, and aliases do not lead to aliases: name its targets here.'
        : 'Correct the name, or add it to the models of an account.';
      return [{ path, message: `is ${tree.show(path)}, which no account lists among its models`, fix }];
    });
  });
}

function isFilled(list: unknown): list is readonly unknown[] {
  return Array.isArray(list) && list.length > 0;
}

/** A glob up to its first wildcard. */
function literalHead(glob: string): string {
  return glob.replace(/[*?].*$/, '');
}
