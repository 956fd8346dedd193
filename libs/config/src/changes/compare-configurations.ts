import { isDeepStrictEqual } from 'node:util';
import type { Configuration } from '../configuration.js';
import { describeConfiguration } from '../declaration/describe-configuration.js';
import { isMapping, valueAt } from '../path.js';
import type { ConfigurationChanges, ListChanges } from './configuration-changes.js';

/** Lists whose items have names; they are compared item by item. */
const NAMED_LISTS = ['accounts', 'models', 'apiKeys'];
const TLS = ['server', 'tls'];

/** What the later configuration says otherwise than the earlier one. */
export function compareConfigurations(earlier: Configuration, later: Configuration): ConfigurationChanges {
  const rows = describeConfiguration([]).filter(({ path }) => !NAMED_LISTS.includes(headOf(path)));
  const switched = isSwitched(earlier, later);
  const changed = rows
    .map(({ path, hot }) => ({ path: path.replace(/\[\].*$/, ''), hot: hot && !(switched && isTls(path)) }))
    .filter(({ path }) => !isDeepStrictEqual(valueAt(earlier, path.split('.')), valueAt(later, path.split('.'))));
  const pathsOf = (isHot: boolean): readonly string[] => [
    ...new Set(changed.filter(({ hot }) => hot === isHot).map(({ path }) => path)),
  ];
  return {
    accounts: compareLists(earlier.accounts, later.accounts, ({ id }) => id),
    models: compareLists(earlier.models, later.models, ({ alias }) => alias),
    apiKeys: compareLists(earlier.apiKeys, later.apiKeys, ({ name }) => name),
    settings: pathsOf(true),
    restart: pathsOf(false),
  };
}

function compareLists<Item>(
  earlier: readonly Item[],
  later: readonly Item[],
  nameOf: (item: Item) => string,
): ListChanges {
  const before = new Map(earlier.map((item) => [nameOf(item), item]));
  const after = new Map(later.map((item) => [nameOf(item), item]));
  return {
    added: [...after.keys()].filter((name) => !before.has(name)),
    removed: [...before.keys()].filter((name) => !after.has(name)),
    changed: [...after]
      .filter(([name, item]) => before.has(name) && !isDeepStrictEqual(before.get(name), item))
      .map(([name]) => name),
  };
}

/** A listener speaks TLS or it does not: other files it takes over, the change itself it cannot. */
function isSwitched(earlier: Configuration, later: Configuration): boolean {
  return isMapping(valueAt(earlier, TLS)) !== isMapping(valueAt(later, TLS));
}

function isTls(path: string): boolean {
  return path.startsWith('server.tls.');
}

function headOf(path: string): string {
  return /^\w+/.exec(path)?.[0] ?? path;
}
