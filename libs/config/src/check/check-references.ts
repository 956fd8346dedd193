import type { ConfigurationTree } from '../source/configuration-tree.js';
import type { Finding } from '../source/finding.js';
import { formatPath, isMapping } from '../path.js';
import { suggestNearest } from './nearest-name.js';

/** What must be said once only: the list, the member, and what the member tells apart. */
const UNIQUE_MEMBERS = [
  { list: 'accounts', member: 'id', fix: 'Every account needs an id of its own.' },
  { list: 'models', member: 'alias', fix: 'List all targets under one entry.' },
  { list: 'apiKeys', member: 'name', fix: 'Every key needs a name of its own.' },
  { list: 'apiKeys', member: 'key', fix: 'Remove one of the two.' },
] as const;

/** Checks what entries say about each other: names given twice, aliases that lead nowhere. Tolerates what the schema refuses. */
export function checkReferences(tree: ConfigurationTree): readonly Finding[] {
  return [
    ...UNIQUE_MEMBERS.flatMap((unique) => findDuplicates(tree, unique)),
    ...checkTargets(tree),
    ...checkOwners(tree),
  ];
}

function findDuplicates(tree: ConfigurationTree, unique: (typeof UNIQUE_MEMBERS)[number]): readonly Finding[] {
  const { list, member, fix } = unique;
  const first = new Map<string, number>();
  return tree.mappingsOf(list).flatMap(({ index, item }) => {
    const value = item[member];
    if (typeof value !== 'string') return [];
    const earlier = first.get(value);
    if (earlier === undefined) {
      first.set(value, index);
      return [];
    }
    return [{ path: [list, index, member], message: `is the same as ${formatPath([list, earlier, member])}`, fix }];
  });
}

function checkTargets(tree: ConfigurationTree): readonly Finding[] {
  const accounts = tree.mappingsOf('accounts').map(({ item }) => item);
  const ids = accounts.map(({ id }) => id).filter(isText);
  const owners = [...ids, ...accounts.flatMap(({ prefix, provider }) => [prefix, provider]).filter(isText)];
  const globs = accounts.flatMap(({ models }) => (Array.isArray(models) ? models.filter(isText) : []));
  return tree.mappingsOf('models').flatMap(({ index, item }) => {
    const targets: readonly unknown[] = Array.isArray(item.targets) ? item.targets : [];
    return targets.flatMap((entry, position) => {
      const target = isMapping(entry) ? entry['target'] : entry;
      if (!isText(target)) return [];
      const owner = ownerOf(target);
      if (owner === undefined || owners.includes(owner)) return [];
      // a vendor's own id may contain a slash: then an account lists it, or a glob that begins like it
      if (globs.some((glob) => target.startsWith(literalHead(glob)))) return [];
      const path = ['models', index, 'targets', position, ...(isMapping(entry) ? ['target'] : [])];
      const allowed = [...new Set(ids)].map((id) => `${id}/<model>`).join(', ');
      return [
        {
          path,
          message: `is ${tree.show(path)}, and no account has that id, prefix or provider before the /`,
          ...suggestNearest(owner, owners),
          ...(ids.length === 0 ? { fix: 'Declare the account.' } : { allowed }),
        },
      ];
    });
  });
}

/** A key that does not exist would own its account in vain: nobody could use it. */
function checkOwners(tree: ConfigurationTree): readonly Finding[] {
  const names = tree.mappingsOf('apiKeys').flatMap(({ item: { name } }) => (isText(name) ? [name] : []));
  return tree.mappingsOf('accounts').flatMap(({ index, item: { owner } }) => {
    if (!isText(owner) || names.includes(owner)) return [];
    const path = ['accounts', index, 'owner'];
    const message = `is ${tree.show(path)}, which is not the name of a client key`;
    return [{ path, message, ...suggestNearest(owner, names), allowed: names.join(', ') }];
  });
}

/** What stands before the first `/`; undefined for a plain model name. */
function ownerOf(target: string): string | undefined {
  const end = target.indexOf('/');
  return end < 0 ? undefined : target.slice(0, end);
}

/** A glob up to its first wildcard. */
function literalHead(glob: string): string {
  return glob.replace(/[*?].*$/, '');
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
